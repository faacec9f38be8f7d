package dev.concord.recon;

import dev.concord.projection.RowWitness;
import dev.concord.situation.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is told how ops are decided, by those who decide them and at the moment they do. In a run nobody listens, and nothing
 * is made for it. Must not change what it sees.
 */
interface Witness {

    /** Nobody listens. */
    Witness NOBODY = new Witness() {};

    /**
     * A script or a condition of the mapping is about to be asked about an op; when no answer follows, it failed.
     *
     * @param asked a {@link dev.concord.mapping.ScriptSource} or a {@link dev.concord.mapping.Condition}, the very one
     *     that stands in the mapping
     */
    default void asks(Op op, Object asked) {}

    default void answers(Op op, Object asked, boolean holds) {}

    /** The steps of the action, before the first of them. */
    default void steps(Op op, List<Step> steps) {}

    /**
     * A step begins; {@code wanted} is the target as the steps before left it, empty for one that does not exist yet.
     */
    default void step(Op op, Step step, Map<String, @Nullable Object> wanted) {}

    /** Who is told about the rows of an op. */
    default RowWitness rows(Op op) {
        return RowWitness.NOBODY;
    }
}
