#!/usr/bin/env node
import { createAsker } from './cli/ask.ts';
import { main } from './cli/program.ts';

// Writing to a closed pipe (`psmint targets | head`) is no bug of ours and no reason for a stack trace.
process.stdout.on('error', () => process.exit());

const isAnswered = process.stdin.isTTY && process.stderr.isTTY;
// Questions go to stderr: what a command prints on stdout stays for programs.
const { ask, close } = createAsker(process.stdin, process.stderr);

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  platform: process.platform,
  isTerminal: process.stderr.isTTY,
  ...(isAnswered ? { ask } : {}),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
close();
