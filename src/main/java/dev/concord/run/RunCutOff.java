package dev.concord.run;

/**
 * The platform database was lost while a run worked, so that not even its end could be written down. The message says
 * how to go on.
 */
public class RunCutOff extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunCutOff(String runId, RuntimeException cause) {
        super(
                "Run " + runId + " was cut off: " + RunEnding.platformFailed(cause) + " Once it answers again,"
                        + " `./concord restart " + runId + "` goes on from where the run was.",
                cause);
    }
}
