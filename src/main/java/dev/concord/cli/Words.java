package dev.concord.cli;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunKind;

/** What the ledger's words are called in front of people. */
final class Words {

    private Words() {}

    static String of(RunKind kind) {
        return switch (kind) {
            case FULL -> "full";
            case FILTER -> "filter";
            case SINGLE -> "single ids";
        };
    }

    static String of(Outcome failure) {
        return switch (failure) {
            case SUCCESS -> "went well";
            case PLANNED -> "planned";
            case RULE -> "a rule says EXCEPTION";
            case SCRIPT -> "a script failed";
            case DATA -> "the data does not fit";
            case TARGET -> "the target refused";
            case WITHHELD -> "not done, because source records could not be assessed";
        };
    }

    static String of(Measure effect) {
        return switch (effect) {
            case CREATED, LINKS_CREATED -> "created";
            case UPDATED -> "updated";
            case UNCHANGED -> "unchanged";
            case DELETED -> "deleted";
            case LINKS_REPOINTED -> "repointed";
            case LINKS_REMOVED -> "removed";
            case RECORDS -> "records";
            case OPS -> "ops";
            case UNIDENTIFIED -> "without a readable id";
            case UNASSESSED -> "not assessed";
            case PAGES -> "pages";
            case RETRIES -> "retries";
            case NANOSECONDS -> "nanoseconds";
        };
    }
}
