import type { DiskSpaceCheck } from '../rule-pack.ts';
import { assessment, textOf, type Assessment, type ReadFact } from './facts.ts';

/** Free space of the system drive, which is told in bytes. */
export function assessDiskSpace({ minimumMegabytes }: DiskSpaceCheck, read: ReadFact): Assessment {
  const bytes = textOf(read({ read: 'FreeSpace' }));
  if (!/^[0-9]{1,15}$/.test(bytes)) return assessment('unknown', 'DISK_UNREADABLE');
  const isEnough = Number(bytes) / 1024 / 1024 >= minimumMegabytes;
  return isEnough ? assessment('pass', 'DISK_ENOUGH') : assessment('fail', 'DISK_LOW');
}
