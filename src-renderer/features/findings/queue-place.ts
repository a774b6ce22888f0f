/** Where the person was in each case's queue: leaving the screen keeps the place for as long as the window lives. */
const places = new Map<string, string>();

export const keepPlace = (caseId: string, search: URLSearchParams): void => {
  places.set(caseId, search.toString());
};

/** The address to begin with where none is given: the place that was left, or the findings nobody has decided on. */
export const placeOf = (caseId: string): URLSearchParams => new URLSearchParams(places.get(caseId) ?? 'state=open');
