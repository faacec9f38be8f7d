package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.ledger.Counts;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.run.Retries;
import dev.concord.run.WaitingRetries;
import org.jspecify.annotations.Nullable;

/** Follows the attempts to mend what failed in a run, for whoever started it and looks on. */
final class RetriesShown implements Retries.Follower {

    private final Shell shell;
    private final boolean json;
    private @Nullable Progress progress;

    private RetriesShown(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
    }

    /**
     * Does the attempts that the mapping asks for.
     *
     * @return the exit code: that of the last run, where the first left nothing behind that is not tried again
     */
    static int after(Shell shell, Run run, boolean json) {
        LedgerReader reader = shell.platform().get(LedgerReader.class);
        RetriesShown shown = new RetriesShown(shell, json);
        Run last;
        try {
            last = shell.platform().get(Retries.class).follow(run, Actor.ofCommand(), shown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.RECORDS_FAILED;
        } finally {
            shown.close();
        }
        Counts first = reader.counts(run.id(), null);
        boolean stays = first.get(Measure.UNIDENTIFIED) > 0
                || first.ops(kind -> kind.outcome() == Outcome.RULE || kind.outcome() == Outcome.CHANGED) > 0;
        int code = ExitCode.of(reader.view(last));
        return code == ExitCode.DONE && stays ? ExitCode.RECORDS_FAILED : code;
    }

    /** What a server is going to do. */
    static String told(WaitingRetries.Waiting next) {
        return "What failed in run " + Readable.shortId(next.afterRun()) + " of " + next.mapping()
                + " is visited again by a server at " + Readable.time(next.due()) + ", attempt " + next.attempt()
                + " of " + next.attempts() + ".";
    }

    @Override
    public void waits(Retries.Attempt attempt) {
        shell.screen()
                .say("What failed is visited again in " + Readable.duration(attempt.pause()) + ", attempt "
                        + attempt.number() + " of " + attempt.most() + ". Ctrl-C ends the waiting.");
    }

    @Override
    public RunListener begins() {
        close();
        Progress begun = Progress.on(shell.screen(), phase -> 0);
        progress = begun;
        return begun;
    }

    @Override
    public void ended(Run run) {
        close();
        if (!json) {
            shell.screen().result("");
            RunAnswer.show(shell, shell.platform().get(LedgerReader.class).view(run), false);
        }
    }

    private void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
