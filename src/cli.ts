#!/usr/bin/env node
import { main } from './cli/program.ts';

// Writing to a closed pipe (`psmint targets | head`) is no bug of ours and no reason for a stack trace.
process.stdout.on('error', () => process.exit());

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  platform: process.platform,
  isTerminal: process.stderr.isTTY,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
