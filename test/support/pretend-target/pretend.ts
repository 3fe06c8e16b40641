import type { Target } from '../../../src/targets/target.ts';
import { freeCodes } from '../../../src/targets/target.ts';

/** A target that does not exist: this folder is all that it takes. */
export const pretend: Target = {
  id: 'pretend',
  title: { en: 'Pretend', ja: '架空' },
  when: { en: 'In a test, and nowhere else.', ja: 'テストでのみ使用します。' },
  start: '',
  bitness: { en: 'any', ja: '任意' },
  executionPolicy: { en: 'any', ja: '任意' },
  timeout: { en: 'none', ja: 'なし' },
  answer: { en: 'The field of its agent.', ja: 'エージェントのフィールド。' },
  steps: [{ en: 'Do nothing at all.', ja: '何もしません。' }],
  settings: [{ name: 'field', value: 'state', why: { en: 'The word is in it.', ja: '状態が入ります。' } }],
  queries: [{ title: { en: 'Everything.', ja: 'すべて。' }, language: 'text', text: 'everything' }],
  traps: [{ en: 'It does not exist.', ja: '存在しません。' }],
  unconfirmed: [{ en: 'Nothing is known of it.', ja: '何も分かっていません。' }],
  sources: ['https://example.com/pretend'],
  exitCodes: freeCodes,
  channel: { launch: 'unconfirmed', keeps: 'last-line', codes: 'exact', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-PretendAnswer',
  agentCommands: { 'Set-PretendField': 'Name Value' },
  showsTexts: false,
  limits: { answerCharacters: 2048 },
  scripts: ['check', 'fix-cert'],
  companions: ({ pack }) => [{ path: `${pack.id}/pretend/note.txt`, content: Buffer.from('note\n') }],
};
