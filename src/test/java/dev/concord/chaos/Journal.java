package dev.concord.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a process says that it is at, line by line in a file that outlives it: {@code started}, {@code entered STAGE},
 * {@code begun PHASE}, {@code committing PHASE}, {@code ended}, each behind the time in milliseconds.
 */
final class Journal implements RunListener {

    private final FileChannel file;
    private final RunListener next;

    /** @param next is told after the journal */
    Journal(Path path, RunListener next) {
        try {
            this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.next = next;
    }

    private synchronized void write(String line) {
        try {
            file.write(ByteBuffer.wrap((System.currentTimeMillis() + " " + line + "\n").getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void started(Run run) {
        write("started");
        next.started(run);
    }

    @Override
    public void entered(Run run, Stage stage, long expected) {
        write("entered " + stage);
        next.entered(run, stage, expected);
    }

    @Override
    public void begun(Run run, Phase phase) {
        write("begun " + phase);
        next.begun(run, phase);
    }

    @Override
    public void committed(Run run, Phase phase, Counts counts) {
        write("committing " + phase);
        next.committed(run, phase, counts);
    }

    @Override
    public void ended(Run run) {
        write("ended");
        next.ended(run);
    }

    /** What a journal says so far. */
    record Reading(List<String> lines) {

        static Reading of(Path path) {
            try {
                return new Reading(Files.exists(path) ? Files.readAllLines(path, UTF_8) : List.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        long count(String what) {
            return lines.stream().filter(line -> line.endsWith(" " + what)).count();
        }

        long begun(Phase phase) {
            return count("begun " + phase);
        }

        boolean says(String what) {
            return count(what) > 0;
        }

        /** When something was said first, in milliseconds. */
        long timeOf(String what) {
            return lines.stream()
                    .filter(line -> line.endsWith(" " + what))
                    .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
