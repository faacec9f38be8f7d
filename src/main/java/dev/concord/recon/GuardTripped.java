package dev.concord.recon;

import dev.concord.guard.Excess;
import dev.concord.mapping.Guard;
import java.util.List;
import java.util.stream.Collectors;

/** Guards stopped a run: somebody has to say whether it may go on. The message has no values of records. */
public final class GuardTripped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String APPROVE = " `./concord approve ";

    private final transient List<Excess> excesses;

    /** @param done what was done until then, in a sentence */
    GuardTripped(String runId, List<Excess> excesses, String done) {
        super(message(runId, excesses, done), null, false, false);
        this.excesses = List.copyOf(excesses);
    }

    /** What there was too much of. */
    public List<Excess> excesses() {
        return excesses;
    }

    /** A message without what could be typed, once that is of no use any more. */
    public static String withoutHint(String message) {
        int hint = message.indexOf(APPROVE);
        return hint < 0 ? message : message.substring(0, hint);
    }

    private static String message(String runId, List<Excess> excesses, String done) {
        String told = excesses.stream().map(Excess::told).collect(Collectors.joining(" "));
        return excesses.stream().anyMatch(excess -> excess.guard() == Guard.EMPTY_SOURCE)
                ? told
                : told + " " + done + APPROVE + runId + "` goes on, `./concord deny " + runId + "` ends it for good.";
    }
}
