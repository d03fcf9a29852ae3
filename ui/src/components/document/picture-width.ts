// How wide pictures of pages are asked for: in steps, so that a window being resized does not ask for a hundred sizes.

const STEP = 200;

/** Pixels for a page shown `width` CSS pixels wide. */
export const pixelsFor = (width: number) => Math.ceil((width * devicePixelRatio) / STEP) * STEP;

export const pictureWidth = {
  /** The newest width, with which the next page is fetched ahead. */
  last: 1000,
  /** For a page shown `width` CSS pixels wide. */
  of(width: number): number {
    return (this.last = pixelsFor(width));
  },
};
