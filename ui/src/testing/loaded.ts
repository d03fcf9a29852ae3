// For tests of the whole window: every area is there at once, as it is a moment after the start.
import { loadAll } from '../areas/areas';

await loadAll();
