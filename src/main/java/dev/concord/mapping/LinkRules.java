package dev.concord.mapping;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who owns the links a mapping uses. A mapping may use the links of another one with the same two object sets, either
 * way round, which must have links of its own.
 */
final class LinkRules {

    /** The links that a mapping uses, and how the ids in them compare, seen from this mapping. */
    record Links(String owner, boolean reversed, boolean sourceIdsCaseSensitive, boolean targetIdsCaseSensitive) {}

    private final Map<String, MappingDraft> drafts = new HashMap<>();

    LinkRules(Collection<MappingDraft> all) {
        for (MappingDraft draft : all) {
            if (draft.name() != null) {
                drafts.putIfAbsent(draft.name(), draft);
            }
        }
    }

    /** The links of a mapping; where the rules are broken, which the log then says, those it would have of its own. */
    Links of(MappingDraft draft) {
        Links own = own(draft);
        if (draft.links() == null || draft.ownsItsLinks()) {
            return own;
        }
        MappingDraft owner = owner(draft, draft.links());
        if (owner == null) {
            return own;
        }
        if (!draft.enableLinking()) {
            draft.log().warning(draft.at("links"), "links has no effect, because enableLinking is false");
            return own;
        }
        if (!owner.enableLinking()) {
            draft.log()
                    .warning(
                            draft.at("links"),
                            "the mapping " + Quote.text(draft.links())
                                    + " does not use its links itself (its enableLinking is false)");
        }
        boolean reversed = !samePair(draft, owner);
        boolean source = sensitive(reversed ? owner.targetIdsCaseSensitive() : owner.sourceIdsCaseSensitive());
        boolean target = sensitive(reversed ? owner.sourceIdsCaseSensitive() : owner.targetIdsCaseSensitive());
        warnOverruled(draft, "sourceIdsCaseSensitive", draft.sourceIdsCaseSensitive(), source);
        warnOverruled(draft, "targetIdsCaseSensitive", draft.targetIdsCaseSensitive(), target);
        return new Links(draft.links(), reversed, source, target);
    }

    /** The links that a mapping would have by itself. */
    static Links own(MappingDraft draft) {
        return new Links(
                draft.name() == null ? "" : draft.name(),
                false,
                sensitive(draft.sourceIdsCaseSensitive()),
                sensitive(draft.targetIdsCaseSensitive()));
    }

    private @Nullable MappingDraft owner(MappingDraft draft, String links) {
        MappingDraft owner = drafts.get(links);
        if (owner == null) {
            draft.log()
                    .error(
                            draft.at("links"),
                            Quote.text(links) + " is no mapping"
                                    + Suggestion.tail(
                                            "known",
                                            links,
                                            drafts.keySet().stream().sorted().toList()));
            return null;
        }
        if (!owner.ownsItsLinks()) {
            draft.log()
                    .error(
                            draft.at("links"),
                            "the mapping " + Quote.text(links) + " itself uses the links of "
                                    + Quote.text(String.valueOf(owner.links()))
                                    + "; name the mapping that has links of its own");
            return null;
        }
        if (draft.source() == null || draft.target() == null || owner.source() == null || owner.target() == null) {
            return null;
        }
        boolean reverse =
                draft.source().equals(owner.target()) && draft.target().equals(owner.source());
        if (!samePair(draft, owner) && !reverse) {
            draft.log()
                    .error(
                            draft.at("links"),
                            "the mapping " + Quote.text(links) + " runs from " + owner.source() + " to "
                                    + owner.target()
                                    + "; to use its links this one must run between the same two, not from "
                                    + draft.source() + " to " + draft.target());
            return null;
        }
        return owner;
    }

    private static boolean samePair(MappingDraft draft, MappingDraft owner) {
        return String.valueOf(draft.source()).equals(owner.source())
                && String.valueOf(draft.target()).equals(owner.target());
    }

    private static void warnOverruled(MappingDraft draft, String key, @Nullable Boolean written, boolean holds) {
        if (written != null && written != holds) {
            draft.log()
                    .warning(
                            draft.at(key),
                            key + " is " + holds + " here, as the mapping " + Quote.text(String.valueOf(draft.links()))
                                    + " says, which has the links");
        }
    }

    private static boolean sensitive(@Nullable Boolean written) {
        return written == null || written;
    }
}
