package dev.concord.recon;

import dev.concord.link.Link;
import dev.concord.record.Draft;
import dev.concord.record.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What passes from step to step of an action. */
final class ActionProgress {

    final Op op;
    final PageView view;
    final Effects effects;
    final boolean looking;

    /** The record's own link when the action began. */
    final @Nullable Link link;

    /** That link as the steps so far have left it. */
    @Nullable
    Link current;

    final @Nullable Resource before;

    /** The target as rows and scripts want it so far. */
    Map<String, @Nullable Object> wanted;

    /** Keyed digests of the secrets that were written, for the link to remember. */
    Map<String, String> digests = Map.of();

    /** Whether the target was written where no rollback reaches. */
    boolean wroteElsewhere;

    /** What went wrong after such a write: the link follows the target all the same, and the op fails at its end. */
    @Nullable
    OpFailure failure;

    ActionProgress(Op op, PageView view, Effects effects, boolean looking) {
        this.op = op;
        this.view = view;
        this.effects = effects;
        this.looking = looking;
        this.link = OpDecider.ownLink(op, view);
        this.current = link;
        this.before = op.targetBefore;
        this.wanted = before == null ? new LinkedHashMap<>() : new Draft(before);
    }
}
