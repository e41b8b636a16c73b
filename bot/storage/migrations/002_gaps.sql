-- Questions that the almanac could not answer, without anything personal, for the editors.
CREATE TABLE gaps (
    question TEXT PRIMARY KEY,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    count INTEGER NOT NULL
) WITHOUT ROWID;
