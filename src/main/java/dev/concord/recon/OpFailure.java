package dev.concord.recon;

import dev.concord.ledger.Outcome;
import dev.concord.projection.RowFailure;
import dev.concord.script.ScriptFailure;
import org.jspecify.annotations.Nullable;

/** One op cannot be done; the run goes on. */
final class OpFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Outcome blame;
    private final @Nullable String detail;

    /**
     * @param message for people, without personal values
     * @param detail what a script or a system said, for the report of the record only
     */
    OpFailure(Outcome blame, String message, @Nullable String detail) {
        super(message, null, false, false);
        this.blame = blame;
        this.detail = detail;
    }

    Outcome blame() {
        return blame;
    }

    @Nullable
    String detail() {
        return detail;
    }

    /**
     * Runs a part of an op; what goes wrong with the record itself becomes the op's failure. Answers whether all went
     * well.
     */
    static boolean contain(Op op, Runnable part) {
        OpFailure failure = of(part);
        if (failure != null) {
            op.fail(failure.blame, String.valueOf(failure.getMessage()), failure.detail);
        }
        return failure == null;
    }

    /** Runs a part of an op and answers what went wrong with the record itself, or null. */
    static @Nullable OpFailure of(Runnable part) {
        try {
            part.run();
            return null;
        } catch (OpFailure failure) {
            return failure;
        } catch (RowFailure failure) {
            return new OpFailure(Outcome.SCRIPT, String.valueOf(failure.getMessage()), failure.detail());
        } catch (ScriptFailure failure) {
            return new OpFailure(Outcome.SCRIPT, String.valueOf(failure.getMessage()), failure.detail());
        }
    }
}
