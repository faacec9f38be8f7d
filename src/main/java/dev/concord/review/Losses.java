package dev.concord.review;

import dev.concord.mapping.PropertyRow;
import dev.concord.record.Pointer;

/** What would happen if something went away, in words. */
final class Losses {

    static final String TYPE = "what uses it cannot be used either";
    static final String COLUMN = "the column stays in the database with all that is in it, but is not used";
    static final String DECLARATION = "the file and what it declares no longer fit together: the system cannot be read";
    static final String OPEN_DECLARATION = "the declaration describes nothing";
    static final String ID = "no object could be told from another: the system cannot be read";
    static final String MAPPING = "the mapping has an error and cannot be run";
    static final String WITH_MAPPING = "goes with its mapping, which cannot be run";
    static final String WRITE = "nothing could be written there; stores with fixed attributes refuse the whole object";
    static final String COMPARISON = "comparisons with it are false, so the condition comes out differently";
    static final String VISITED = "comparisons with it are false, so a run visits other records";
    static final String FIELDS = "is asked for in vain";
    static final String SORTING = "the order is no longer that of its values";
    static final String CORRELATION = "nobody is found by it: who has a target already counts as having none (ABSENT)";
    static final String DISPLAY = "reports no longer show it";
    static final String SCRIPT_READ = "the script finds undefined there";
    static final String SCRIPT_FILTER = "the query finds nothing by it";
    static final String SCRIPT_CALL = "the call fails, and with it the record, unless the script catches that";
    static final String UNKNOWN = "cannot be told without running the script";
    static final String COPIED = "is no longer part of what is copied";
    static final String SCHEDULE = "starts a mapping that works differently then";
    static final String IDLE_SCHEDULE = "starts a mapping that cannot be run";

    private Losses() {}

    /** What becomes of a row whose source attribute is gone. */
    static String ofRow(PropertyRow row) {
        if (row.transform() != null) {
            return "the transform is given null";
        }
        return row.defaultValue() != null
                ? "every object gets the default"
                : name(row.target()) + " is removed from every target object";
    }

    static String name(Pointer pointer) {
        return pointer.isWhole() ? "" : pointer.toString().substring(1);
    }
}
