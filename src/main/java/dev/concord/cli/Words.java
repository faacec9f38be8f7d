package dev.concord.cli;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.Task;

/** What the ledger's words are called in front of people. */
final class Words {

    private Words() {}

    static String of(RunKind kind) {
        return switch (kind) {
            case FULL -> "full";
            case FILTER -> "filter";
            case SINGLE -> "single ids";
            case ACTION -> "one action";
            case FAILED -> "failed records";
            case APPLY -> "apply";
            case UNDO -> "undo";
        };
    }

    /** What a run was asked for, and by whom where that was noted. */
    static String of(Run run) {
        if (run.kind() == RunKind.UNDO) {
            String undone = String.valueOf(run.parameters().get("undo"));
            return Readable.harmless("undo of " + Readable.shortId(undone) + " by "
                    + run.parameters().get("by"));
        }
        if (run.kind() != RunKind.ACTION) {
            return of(run.kind());
        }
        boolean relink = Boolean.TRUE.equals(run.parameters().get("relink"));
        return Readable.harmless((relink ? "relink" : run.parameters().get("action")) + " by "
                + run.parameters().get("by"));
    }

    static String of(Outcome failure) {
        return switch (failure) {
            case SUCCESS -> "went well";
            case PLANNED -> "planned";
            case OBSOLETE -> "planned, and not to be done any more";
            case RULE -> "a rule says EXCEPTION";
            case SCRIPT -> "a script failed";
            case DATA -> "the data does not fit";
            case TARGET -> "the target refused";
            case WITHHELD -> "not done, because source records could not be assessed";
            case CHANGED -> "not done, because the record has changed";
        };
    }

    static String of(Task task) {
        return switch (task) {
            case READ -> "read";
            case LINK_LOOKUP -> "look up links";
            case TARGET_LOOKUP -> "look up targets";
            case CORRELATION -> "correlate";
            case SCRIPTS -> "scripts";
            case PROJECTION -> "project";
            case DECISION -> "decide";
            case WRITE -> "write";
            case LEDGER -> "ledger";
            case COMMIT -> "commit";
        };
    }

    static String of(Measure effect) {
        return switch (effect) {
            case CREATED, LINKS_CREATED -> "created";
            case UPDATED -> "updated";
            case UNCHANGED -> "unchanged";
            case DELETED -> "deleted";
            case LINKS_TO_EXISTING -> "linked";
            case LINKS_REPOINTED -> "repointed";
            case LINKS_REMOVED -> "removed";
            case RECORDS -> "records";
            case OPS -> "ops";
            case UNIDENTIFIED -> "without a readable id";
            case UNREPEATABLE -> "not to be repeated";
            case UNASSESSED -> "not assessed";
            case UNSEEN -> "not seen";
            case LINKS_ACCOUNTED -> "accounted for";
            case PRESUMED -> "presumed";
            case PAGES -> "pages";
            case RETRIES -> "retries";
            case NANOSECONDS -> "nanoseconds";
        };
    }
}
