// Every Land, for choosing. One that is missing here does not compile.
import type { Land } from '../host/bindings';

const ALL: Record<Land, true> = {
  BW: true,
  BY: true,
  BE: true,
  BB: true,
  HB: true,
  HH: true,
  HE: true,
  MV: true,
  NI: true,
  NW: true,
  RP: true,
  SL: true,
  SN: true,
  ST: true,
  SH: true,
  TH: true,
  AT: true,
  CH: true,
};

export const LANDS = Object.keys(ALL) as Land[];
