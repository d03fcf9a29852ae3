// Every region (a German Land, Austria, Switzerland), for choosing. One that is missing here does not compile.
import type { Region } from '../host/bindings';

const ALL: Record<Region, true> = {
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

export const REGIONS = Object.keys(ALL) as Region[];
