/** Why a program refuses a file. */
export interface ArtefactProblem {
  /** Line of the file, from 1; absent where the program names none. */
  readonly line?: number;
  readonly message: string;
}

/** What a program says of a file, and of which words of it it could say nothing. */
export interface Said {
  readonly problems: readonly ArtefactProblem[];
  readonly leftOut?: readonly string[];
}
