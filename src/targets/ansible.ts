import { ansibleRole } from './ansible-role.ts';
import { sentences } from './sentences.ts';
import { freeCodes, lineCharacters, type Target } from './target.ts';

/** Ansible: the folder of the target is a role. */
export const ansible: Target = {
  id: 'ansible',
  title: { en: 'Ansible role', ja: 'Ansible ロール' },
  when: {
    en: 'Ansible manages the servers: the role checks, and repairs when you say so; check mode changes nothing.',
    ja: 'Ansible で管理しているサーバーの場合。ロールが確認し、指定した場合のみ修復します (チェック モードでは変更なし)。',
    withoutFix: {
      en: 'Ansible manages the servers: the role checks, and changes nothing.',
      ja: 'Ansible で管理しているサーバーの場合。ロールは確認のみを行い、何も変更しません。',
    },
  },
  start: 'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy AllSigned -File check.ps1',
  bitness: { en: 'that of the remote PowerShell', ja: 'リモートの PowerShell に従う' },
  executionPolicy: {
    en: 'AllSigned, by the variable psmint_execution_policy',
    ja: 'AllSigned (変数 psmint_execution_policy で指定)',
  },
  timeout: { en: 'that of the connection', ja: '接続の設定に従う' },
  answer: {
    en: 'The fact psmint_line (the summary) and psmint_code; the play fails for what psmint_fail_on names.',
    ja: 'ファクト psmint_line (要約行) と psmint_code。psmint_fail_on に指定したコードでプレイが失敗します。',
  },
  steps: [
    sentences.trustFirst,
    {
      en: 'Install the modules: ansible-galaxy collection install ansible.windows. Copy this folder as roles/psmint into your project, the scripts with it; a second pack gets a folder of another name.',
      ja: 'モジュールを導入します: ansible-galaxy collection install ansible.windows。このフォルダーをスクリプトごと roles/psmint としてプロジェクトにコピーします (2 つ目のパックは別の名前のフォルダーにします)。',
    },
    {
      en: 'Run it: ansible-playbook site.yml with "roles: [psmint]".',
      ja: '"roles: [psmint]" を含むプレイブックを実行します: ansible-playbook site.yml',
    },
    {
      en: 'Repair with -e psmint_fix=true; add --check to see what it would do.',
      ja: '修復は -e psmint_fix=true、事前確認は --check を追加します。',
      withoutFix: null,
    },
  ],
  traps: [
    {
      en: 'psmint_line and psmint_code hold the answer of the role that ran last: with two packs read the line, which names its pack, or keep it in a variable of your own between the roles.',
      ja: 'psmint_line と psmint_code は最後に実行したロールの結果です。複数のパックを使う場合は、パック名のある要約行を確認するか、ロールの間で別の変数に保存してください。',
    },
    {
      en: 'Put the folder into git with "*.ps1 -text" in .gitattributes, or git changes line ends and breaks the signature.',
      ja: 'git に登録する場合は .gitattributes に "*.ps1 -text" を記述してください。改行が変わると署名が無効になります。',
    },
    {
      en: 'In check mode the role still copies the scripts into a temporary folder, runs check.ps1 and takes them away again.',
      ja: 'チェック モードでも一時フォルダーにスクリプトをコピーして check.ps1 を実行し、最後に削除します。',
    },
    sentences.fixIsCertificatesOnly,
  ],
  unconfirmed: [],
  sources: ['https://docs.ansible.com/ansible/latest/collections/ansible/windows/win_command_module.html'],
  exitCodes: freeCodes,
  channel: { launch: 'file', keeps: 'all', codes: 'exact', state: { in: 'line' }, seesFix: 'answer' },
  answerCommand: 'Write-AnsibleAnswer',
  showsTexts: false,
  limits: { answerCharacters: lineCharacters },
  scripts: ['check', 'fix-cert'],
  companions: ansibleRole,
};
