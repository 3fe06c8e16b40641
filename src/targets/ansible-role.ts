import type { BundleFile, ResolvedPack, VerifiedScript } from '../script-plan.ts';
import { namesOf } from './target.ts';

/** tasks, defaults and meta of a role; its scripts lie beside them. */
export function ansibleRole({ pack }: ResolvedPack, scripts: readonly VerifiedScript[]): readonly BundleFile[] {
  const fixes = namesOf(scripts).includes('fix-cert');
  const file = (path: string, lines: readonly string[]): BundleFile => ({
    path: `${pack.id}/ansible/${path}`,
    content: Buffer.from(`---\n${lines.join('\n')}\n`),
  });
  const what = fixes ? 'check, and repair of certificates' : 'check';
  return [
    file('defaults/main.yml', [...(fixes ? fixDefaults : []), ...defaults]),
    file('meta/main.yml', [
      'galaxy_info:',
      '  role_name: psmint',
      '  author: psmint',
      `  description: ${JSON.stringify(`Requirements of ${pack.id} ${pack.version}: ${what}`)}`,
      '  license: proprietary',
      '  min_ansible_version: "2.14"',
      '  platforms:',
      '    - name: Windows',
      '      versions: [all]',
      'dependencies: []',
      'collections: [ansible.windows]',
    ]),
    file('tasks/main.yml', [...tasksBefore(namesOf(scripts)), ...(fixes ? fixTask : []), ...tasksAfter]),
  ];
}

const fixDefaults = ['# Repair what can be repaired; false only reads.', 'psmint_fix: false'];

const defaults = [
  '# The scripts are signed: AllSigned runs them once their signer is trusted.',
  'psmint_execution_policy: AllSigned',
  '# Codes that fail the play: 10 fail, 11 restart pending, 12 could not tell.',
  'psmint_fail_on: [10, 12]',
];

const run = 'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy {{ psmint_execution_policy }} -File';

// check_mode: false lets check mode read the machine too. fix-cert then runs with -WhatIf, which changes nothing.
const tasksBefore = (scripts: readonly string[]): string[] => [
  '- name: Make a temporary folder',
  '  ansible.windows.win_tempfile:',
  '    state: directory',
  '    suffix: .psmint',
  '  register: psmint_folder',
  '  check_mode: false',
  '  changed_when: false',
  '',
  '- name: Run the scripts',
  '  block:',
  '    - name: Copy the signed scripts as they are',
  '      ansible.windows.win_copy:',
  '        src: "{{ role_path }}/{{ item }}.ps1"',
  '        dest: "{{ psmint_folder.path }}\\\\{{ item }}.ps1"',
  `      loop: [${scripts.join(', ')}]`,
  '      check_mode: false',
  '      changed_when: false',
  '',
];

const fixTask = [
  '    - name: Repair certificates',
  `      ansible.windows.win_command: '${run} "{{ psmint_folder.path }}\\fix-cert.ps1"{{ " -WhatIf" if ansible_check_mode else "" }}'`,
  '      register: psmint_repair',
  '      when: psmint_fix | bool',
  '      check_mode: false',
  // Check mode reports the change that it does not make, as every module does.
  `      changed_when: "('=skipped' if ansible_check_mode else '=fixed') in psmint_repair.stdout"`,
  '      failed_when: psmint_repair.rc not in [0, 10, 11, 12]',
  '',
  '    - name: Say what the repair did',
  '      ansible.builtin.debug:',
  '        msg: "{{ psmint_repair.stdout_lines | last }}"',
  '      when: psmint_fix | bool',
  '',
];

const tasksAfter = [
  '    - name: Check',
  `      ansible.windows.win_command: '${run} "{{ psmint_folder.path }}\\check.ps1"'`,
  '      register: psmint_answer',
  '      check_mode: false',
  '      changed_when: false',
  '      failed_when: psmint_answer.rc not in [0, 10, 11, 12]',
  '',
  '    - name: Keep the answer',
  '      ansible.builtin.set_fact:',
  '        psmint_code: "{{ psmint_answer.rc }}"',
  '        psmint_line: "{{ psmint_answer.stdout_lines | last }}"',
  '  always:',
  '    - name: Take the temporary folder away',
  '      ansible.windows.win_file:',
  '        path: "{{ psmint_folder.path }}"',
  '        state: absent',
  '      check_mode: false',
  '      changed_when: false',
  '',
  '- name: Say what was found',
  '  ansible.builtin.assert:',
  '    that: psmint_answer.rc not in psmint_fail_on',
  '    success_msg: "{{ psmint_line }}"',
  '    fail_msg: "{{ psmint_line }}"',
];
