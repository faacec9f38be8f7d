package dev.concord.recon;

import dev.concord.correlation.Question;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Trace;
import dev.concord.link.Link;
import dev.concord.mapping.Action;
import dev.concord.mapping.Rule;
import dev.concord.record.AttributeChange;
import dev.concord.record.Resource;
import dev.concord.situation.Assessment;
import dev.concord.situation.Situations.LinkedSource;
import dev.concord.situation.Step;
import dev.concord.system.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One record under one link qualifier on its way through a page: what was found out about it, what was decided, and
 * what became of it. Belongs to one thread.
 */
final class Op {

    /** What was found out about the record, differently for each way a record is come across. */
    sealed interface Facts {

        /** A source that exists: whether it qualifies, and what its correlation asks for when there is no link. */
        record SourceExists(boolean qualified, Question question) implements Facts {}

        /**
         * A source id that was asked for and does not exist; {@code targetValid} counts when there is a linked target.
         */
        record SourceGone(boolean targetValid) implements Facts {}

        /** A target that no source accounted for; {@code linked} is null when it has no link. */
        record TargetExists(boolean targetValid, @Nullable LinkedSource linked) implements Facts {}

        /** A link whose target nobody accounted for. */
        record LinkExists(boolean sourceExists, boolean targetExists) implements Facts {}
    }

    /** What a failure leaves in the dark, so that others must not pay for it. */
    enum Unknown {
        NOTHING,
        /** A source record without a readable id: which target it stands for. */
        IDENTITY,
        /** An unlinked source record: whether a target belongs to it. */
        ASSESSMENT_OF_UNLINKED
    }

    final Phase phase;
    final String qualifier;
    final @Nullable String sourceId;
    final @Nullable Resource source;
    /** The target by which a target or a link was come across. */
    final @Nullable String visitedTargetId;

    /** A further record with an id that was processed already: it says nothing about the target. */
    boolean duplicate;

    /** The entry of the phase that planned this op; null unless this is the deletes step. */
    @Nullable
    Entry planned;

    /** Whether the op, planned as a write, turned out to be another one by now; it is counted as that. */
    boolean became;

    /** What a plan says of this op; null unless the run applies one. */
    @Nullable
    Entry promised;

    /** Keyed digests of what the differences withhold; null when nobody needs them, or they withhold nothing. */
    @Nullable
    String fingerprint;

    /** The entry of another run that this op takes back; null unless the run undoes one. */
    @Nullable
    Entry undone;

    /** The record's link as the page found it; null when there is none. */
    @Nullable
    Link link;

    /** Whether the target that the record's link points to was not read, but presumed to be as the record wants it. */
    boolean presumed;

    /** What an earlier attempt decided and may have written elsewhere; null when that is to be decided now. */
    @Nullable
    Intent intent;

    @Nullable
    Facts facts;

    List<Resource> answers = List.of();

    @Nullable
    Assessment assessment;

    @Nullable
    Rule rule;

    @Nullable
    Action action;

    Outcome outcome = Outcome.SUCCESS;
    Unknown unknown = Unknown.NOTHING;

    @Nullable
    String message;

    @Nullable
    String detail;

    @Nullable
    String targetId;

    @Nullable
    Resource targetBefore;

    /** The target as the op created or changed it. */
    @Nullable
    Resource targetWritten;

    /** The steps of the op's action. */
    List<Step> steps = List.of();

    /** The write of the op's target; null when there is none, or none that shall happen. */
    @Nullable
    Write write;

    /** Keyed digests of the secrets in that write. */
    Map<String, String> digests = Map.of();

    /** Whether what the op did stays, although it failed afterwards. */
    boolean stands;

    /** Whether the scripts that run now only find out what would be. */
    boolean looking;

    /** The calls of scripts that were left out because they would have written. */
    final List<String> leftOut = new ArrayList<>();

    /** How many of the targets that the op accounts for were not seen to exist. */
    int targetsUnseen;

    /** How many links the op found or made whose targets it accounts for. */
    int linksAccounted;

    List<AttributeChange> differences = List.of();
    final List<Measure> effects = new ArrayList<>();

    /** Whether the id of its new target was chosen by the mapping, so that links may have been waiting for it. */
    boolean choseId;

    /** The links that it changed, in the order in which it did. */
    List<Trace.LinkChange> linkChanges = List.of();

    /** Of the target as the op left it; null when its store counts none, or the op did not write it. */
    @Nullable
    String revision;

    /** Objects besides source and target that scripts of this op saw, whose secrets its report may not repeat. */
    final List<Map<String, @Nullable Object>> shown = new ArrayList<>();

    /** Secrets that its scripts read, hashed, encrypted and decrypted, which its report may not repeat either. */
    final Set<String> unseen = new HashSet<>();

    Op(
            Phase phase,
            String qualifier,
            @Nullable String sourceId,
            @Nullable Resource source,
            @Nullable String visitedTargetId) {
        this.phase = phase;
        this.qualifier = qualifier;
        this.sourceId = sourceId;
        this.source = source;
        this.visitedTargetId = visitedTargetId;
        this.targetId = visitedTargetId;
    }

    /** Goes back to what was decided about the op, whatever was found out about it since. */
    void resume(Intent decided) {
        intent = decided;
        assessment = decided.assessment();
        action = decided.action();
        became = planned != null && !decided.isOf(planned);
        targetId = decided.targetId();
        targetBefore = decided.before();
        message = decided.message();
        detail = null;
        outcome = Outcome.SUCCESS;
        unknown = Unknown.NOTHING;
    }

    /** Ends the op as a failure; nothing it did so far counts. */
    void fail(Outcome blame, String why, @Nullable String said) {
        outcome = blame;
        message = why;
        detail = said == null || said.isEmpty() ? null : said;
        forgetEffects(promised != null && blame == Outcome.PLANNED);
        targetId = assessment != null ? assessment.targetId() : link != null ? link.targetId() : visitedTargetId;
    }

    /** Ends the op as a failure that comes too late to undo anything. */
    void failAfterwards(Outcome blame, String why, @Nullable String said) {
        String target = targetId;
        List<Measure> done = List.copyOf(effects);
        List<AttributeChange> changes = differences;
        List<Trace.LinkChange> links = linkChanges;
        fail(blame, why, said);
        targetId = target;
        effects.addAll(done);
        differences = changes;
        linkChanges = links;
        stands = true;
    }

    /** @param keptForLater whether the op is tried again, and its differences must be the same then */
    private void forgetEffects(boolean keptForLater) {
        effects.clear();
        linkChanges = List.of();
        if (!keptForLater) {
            differences = List.of();
            fingerprint = null;
        }
    }

    /** Takes note that a link was changed; {@code before} is null for a new one, {@code after} for one that went. */
    void changedLink(@Nullable Link before, @Nullable Link after) {
        if (linkChanges.isEmpty()) {
            linkChanges = new ArrayList<>(1);
        }
        Link either = before == null ? Objects.requireNonNull(after) : before;
        String other = either.qualifier().equals(qualifier) ? null : either.qualifier();
        linkChanges.add(new Trace.LinkChange(ends(before), ends(after), other));
    }

    private static Trace.@Nullable Ends ends(@Nullable Link link) {
        return link == null ? null : new Trace.Ends(link.sourceId(), link.targetId());
    }

    boolean failed() {
        return outcome.isFailure();
    }

    void say(@Nullable String more) {
        if (more != null) {
            message = message == null ? more : message + " " + more;
        }
    }
}
