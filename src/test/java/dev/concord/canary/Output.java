package dev.concord.canary;

import static dev.concord.canary.Bird.CIPHER;
import static dev.concord.canary.Bird.FILTER;
import static dev.concord.canary.Bird.PERSON;
import static dev.concord.canary.Bird.SENSITIVE;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Everything that Concord says or keeps, and which values may be in it. */
enum Output {
    REPORTS(
            "commands `report`, `compare`, `plan` (and its page for browsers), `explain` (and `--preview`), `perform`, `relink`",
            PERSON),
    QUERIES("command `query`", PERSON),
    RUNS("commands `run`, `status`, `runs`", FILTER),
    COMMANDS("all other commands, progress, and what commands complain about"),
    LOG("log lines, also of level DEBUG, as text and as JSON"),
    VIEWERS("REST, for viewers and operators: bodies and headers"),
    AUDITORS("REST, for auditors, approvers and admins: runs, entries, exports, explain, preview", PERSON, FILTER),
    OBJECTS("REST, for the same: the objects themselves, under `managed` and `system`", PERSON, SENSITIVE),
    ERRORS("REST, whoever asks: what is answered when something is wrong"),
    EVENTS("REST: the progress of a run as events"),
    METERS("meters and health"),
    WEBHOOKS("webhooks, and the table of those that are not delivered"),
    AUDIT("the audit trail, its table included"),
    RUN_ROWS("database: `recon_run`", FILTER),
    ENTRIES("database: `segment_entries`, what reports are made of", PERSON),
    INTENTS("database: `intent`, what is about to be written elsewhere", PERSON, CIPHER),
    PENDING("database: `pending_file_change`, what a file gets at the end of its run", PERSON, SENSITIVE, CIPHER),
    OTHER_ROWS("database: all other tables of Concord, Spring Batch and Quartz"),
    SNAPSHOTS(
            "`data/snapshots`: copies of the files that a run reads, for as long as it may be continued",
            PERSON,
            SENSITIVE,
            CIPHER),
    DISK(
            "`data/`: the files of the embedded database, which holds managed objects, too",
            PERSON,
            FILTER,
            SENSITIVE,
            CIPHER);

    private final String where;
    private final Set<Bird> allowed;

    Output(String where, Bird... allowed) {
        this.where = where;
        this.allowed = allowed.length == 0 ? EnumSet.noneOf(Bird.class) : EnumSet.copyOf(Arrays.asList(allowed));
    }

    Set<Bird> allowed() {
        return allowed;
    }

    /** A line of the documentation's table. */
    String line() {
        return "| " + where + " | " + mark(PERSON) + " | " + mark(FILTER) + " | " + mark(SENSITIVE) + " | "
                + mark(CIPHER) + " | " + mark(Bird.SECRET) + " |";
    }

    private String mark(Bird bird) {
        return allowed.contains(bird) ? "yes" : "never";
    }
}
