package dev.concord.api.openidm;

import dev.concord.api.Refusal;
import dev.concord.record.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to be so before something is written.
 *
 * @param match {@code If-Match}: the revision, or {@code *} for any; null when nothing is wanted
 * @param fresh {@code If-None-Match: *}: there must be no such object yet
 */
record Precondition(@Nullable String match, boolean fresh) {

    static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null && !ifNoneMatch.strip().equals("*")) {
            throw Refusal.badRequest("If-None-Match can only be * here.");
        }
        if (ifMatch != null && ifNoneMatch != null) {
            throw Refusal.badRequest("Send If-Match or If-None-Match, not both.");
        }
        return new Precondition(ifMatch == null ? null : bare(ifMatch.strip()), ifNoneMatch != null);
    }

    /** As PingIDM takes it: with quotation marks or without. */
    private static String bare(String tag) {
        String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
        return strong.length() > 1 && strong.startsWith("\"") && strong.endsWith("\"")
                ? strong.substring(1, strong.length() - 1)
                : strong;
    }

    boolean wantsRevision() {
        return match != null && !match.equals("*");
    }

    /** The one that is wanted, or null when any will do. */
    @Nullable
    String revision() {
        return wantsRevision() ? match : null;
    }

    /** Throws with status 412 when the object is not in the revision that is wanted. */
    void check(Resource resource) {
        if (!wantsRevision()) {
            return;
        }
        if (resource.revision() == null) {
            throw Refusal.preconditionFailed(
                    "Objects of this set have no revisions; send If-Match: *, or leave it out.");
        }
        if (!resource.revision().equals(match)) {
            throw changed();
        }
    }

    /** Throws with status 412 when there must be nothing, or something in another revision than this one. */
    void check(String revision) {
        if (fresh) {
            throw Refusal.preconditionFailed("It is there already, and If-None-Match: * wants it not to be.");
        }
        if (wantsRevision() && !revision.equals(match)) {
            throw changed();
        }
    }

    static Refusal changed() {
        return Refusal.preconditionFailed("The object is not in that revision any more; read it, and decide again.");
    }
}
