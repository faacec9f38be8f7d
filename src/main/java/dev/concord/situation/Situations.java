package dev.concord.situation;

import static dev.concord.mapping.Situation.ABSENT;
import static dev.concord.mapping.Situation.ALL_GONE;
import static dev.concord.mapping.Situation.AMBIGUOUS;
import static dev.concord.mapping.Situation.CONFIRMED;
import static dev.concord.mapping.Situation.FOUND;
import static dev.concord.mapping.Situation.FOUND_ALREADY_LINKED;
import static dev.concord.mapping.Situation.LINK_ONLY;
import static dev.concord.mapping.Situation.MISSING;
import static dev.concord.mapping.Situation.SOURCE_IGNORED;
import static dev.concord.mapping.Situation.SOURCE_MISSING;
import static dev.concord.mapping.Situation.TARGET_IGNORED;
import static dev.concord.mapping.Situation.UNASSIGNED;
import static dev.concord.mapping.Situation.UNQUALIFIED;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decision tables of reconciliation: from what is known to one of the thirteen situations. See
 * {@code docs/situations.md}.
 */
public final class Situations {

    private Situations() {}

    /**
     * A source record that exists, in the source phase.
     *
     * @param qualified whether validSource and sourceCondition hold
     * @param link the linked target, or null when there is no link
     * @param candidates what correlation found; looked at only when there is no link
     */
    public static Assessment ofSource(boolean qualified, @Nullable LinkedTarget link, Candidates candidates) {
        if (link != null) {
            String target = link.targetId();
            if (!qualified) {
                return Assessment.of(UNQUALIFIED, "The source is not valid, but it has a link.", target);
            }
            return link.exists()
                    ? Assessment.of(
                            CONFIRMED, "The source is valid, and its link leads to a target that exists.", target)
                    : Assessment.of(
                            MISSING, "The source is valid, but the target that its link leads to is gone.", target);
        }
        return qualified ? ofQualified(candidates) : ofUnqualified(candidates);
    }

    private static Assessment ofQualified(Candidates candidates) {
        if (candidates.isEmpty()) {
            return Assessment.of(ABSENT, "The source is valid and has no link, and no target correlates with it.");
        }
        if (candidates.isSeveral()) {
            return Assessment.ofSeveral(
                    AMBIGUOUS,
                    "The source is valid and has no link, and several targets correlate with it.",
                    candidates);
        }
        Candidates.Hit hit = candidates.single();
        return hit.linkedSourceId() == null
                ? Assessment.of(
                        FOUND,
                        "The source is valid and has no link, and one target correlates with it, which is free.",
                        hit.targetId())
                : Assessment.of(
                        FOUND_ALREADY_LINKED,
                        "The source is valid and has no link, and the one target that correlates with it is linked to"
                                + " another source.",
                        hit.targetId());
    }

    private static Assessment ofUnqualified(Candidates candidates) {
        if (candidates.isEmpty()) {
            return Assessment.of(
                    SOURCE_IGNORED, "The source is not valid and has no link, and no target correlates with it.");
        }
        if (candidates.isSeveral()) {
            return Assessment.ofSeveral(
                    UNQUALIFIED,
                    "The source is not valid and has no link, and several targets correlate with it.",
                    candidates);
        }
        Candidates.Hit hit = candidates.single();
        if (hit.linkedSourceId() == null) {
            return Assessment.of(
                    UNQUALIFIED,
                    "The source is not valid and has no link, but one target correlates with it, which is free.",
                    hit.targetId());
        }
        // The target's own link decides about it: acting here would delete another person's account.
        return new Assessment(
                SOURCE_IGNORED,
                "The source is not valid and has no link, and the one target that correlates with it is linked to another"
                        + " source.",
                null,
                List.of(),
                "Correlates with target " + hit.targetId() + ", which is linked to source " + hit.linkedSourceId()
                        + ".");
    }

    /**
     * A source id that was asked for and does not exist.
     *
     * @param link the linked target, or null when there is no link
     * @param targetValid what validTarget says of the linked target; looked at only when it exists
     * @param previous what is known of the value the source had, or null when nothing is
     */
    public static Assessment ofGoneSource(
            @Nullable LinkedTarget link, boolean targetValid, @Nullable PreviousSource previous) {
        if (link != null) {
            String target = link.targetId();
            if (!link.exists()) {
                return Assessment.of(
                        LINK_ONLY, "Source and target are both gone, and only their link is left.", target);
            }
            return targetValid
                    ? Assessment.of(SOURCE_MISSING, "The source is gone, and its link leads to a valid target.", target)
                    : Assessment.of(
                            TARGET_IGNORED,
                            "The source is gone, and the target that its link leads to is not valid.",
                            target);
        }
        if (previous == null || previous.candidates().isEmpty()) {
            return Assessment.of(ALL_GONE, "The source is gone and has no link, and nothing is known to look for.");
        }
        if (previous.candidates().isSeveral()) {
            String why = "The source is gone and has no link, and several targets correlate with what it was.";
            return Assessment.ofSeveral(previous.valid() ? AMBIGUOUS : UNQUALIFIED, why, previous.candidates());
        }
        return Assessment.of(
                previous.valid() ? UNASSIGNED : TARGET_IGNORED,
                "The source is gone and has no link, and one target correlates with what it was.",
                previous.candidates().single().targetId());
    }

    /** The value a source had before it went away: whether it was valid, and what it correlates with. */
    public record PreviousSource(boolean valid, Candidates candidates) {}

    /**
     * A target that the source phase did not account for under a link qualifier.
     *
     * @param targetValid what validTarget says
     * @param source what is known of the linked source, or null when there is no link
     */
    public static Assessment ofTarget(String targetId, boolean targetValid, @Nullable LinkedSource source) {
        if (!targetValid) {
            return Assessment.of(TARGET_IGNORED, "The target is not valid.", targetId);
        }
        if (source == null) {
            return Assessment.of(UNASSIGNED, "The target is valid and has no link.", targetId);
        }
        return switch (source) {
            case GONE ->
                Assessment.of(
                        SOURCE_MISSING,
                        "The target is valid, but the source that its link leads to is gone.",
                        targetId);
            case NOT_VALID ->
                Assessment.of(
                        UNQUALIFIED,
                        "The target is valid, but the source that its link leads to is not, or no longer has this link qualifier.",
                        targetId);
            case VALID ->
                Assessment.of(CONFIRMED, "The target is valid, and so is the source that its link leads to.", targetId);
        };
    }

    /**
     * The source at the other end of a target's link. A source that no longer has the link's qualifier counts as not
     * valid.
     */
    public enum LinkedSource {
        GONE,
        NOT_VALID,
        VALID
    }

    /** A link whose target nobody accounted for: LINK_ONLY when both ends are gone, nothing otherwise. */
    public static Optional<Assessment> ofLink(String targetId, boolean sourceExists, boolean targetExists) {
        return sourceExists || targetExists
                ? Optional.empty()
                : Optional.of(Assessment.of(
                        LINK_ONLY, "Source and target are both gone, and only their link is left.", targetId));
    }
}
