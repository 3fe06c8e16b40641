#!/usr/bin/env node
// WANT_JSON: a module of this kind gets the path of a file with its parameters.
'use strict';

// Stands in for four modules of ansible.windows where the engine of Ansible runs without a Windows host.
const { execFileSync } = require('node:child_process');
const { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const { _ansible_module_name: name, ...parameters } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const local = (path) => path.replaceAll('\\', '/');

const modules = {
  win_tempfile: ({ suffix }) => ({ path: `${mkdtempSync(join(tmpdir(), 'psmint-ansible-'))}`, suffix }),
  win_copy: ({ src, dest }) => {
    copyFileSync(src, local(dest));
    return { dest };
  },
  win_file: ({ path }) => {
    rmSync(local(path), { recursive: true, force: true });
    return {};
  },
  win_command: ({ _raw_params: line }) => {
    appendFileSync(`${process.env['PSMINT_MACHINE']}.log`, `${line}\n`);
    // Windows hands a command line over as one string; the program takes it apart at blanks outside of quotes.
    const [, ...args] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
    const answer = run(
      process.env['PSMINT_SHELL'],
      args.map((word) => (word.endsWith('.ps1') ? local(word) : word)),
    );
    const lines = answer.stdout.split(/\r?\n/).slice(0, -1);
    return { ...answer, stdout_lines: lines, failed: answer.rc !== 0 };
  },
};

function run(file, args) {
  try {
    return { rc: 0, stdout: execFileSync(file, args, { encoding: 'utf8' }), stderr: '' };
  } catch ({ status, stdout, stderr }) {
    return { rc: status, stdout, stderr };
  }
}

const answer = modules[name.replace(/^.*\./, '')](parameters);
process.stdout.write(JSON.stringify({ changed: true, ...answer }));
