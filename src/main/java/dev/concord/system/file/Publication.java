package dev.concord.system.file;

import dev.concord.system.SystemUnavailable;
import dev.concord.system.file.PendingChanges.Change;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes a file again with its pending changes: aside, synced, renamed; only then are the changes forgotten. Every step
 * may be repeated: putting a change into a file that has it already gives the same file.
 */
final class Publication {

    /** Where a publication has come to. */
    enum Step {
        STARTED,
        WRITTEN,
        RENAMED
    }

    private static final int PAGE = 1000;

    private final ObjectFile file;
    private final PendingChanges pending;
    private final TransactionTemplate transaction;
    private final Consumer<Step> progress;
    /**
     * The numbers of the changes this publication is about, the tokens they were applied with, and which of them the
     * file knew.
     */
    private long[] numbers = {};

    private long[] tokens = {};
    private final BitSet applied = new BitSet();
    private final BitSet inFile = new BitSet();

    /** @param transaction a transaction of its own: only changes that are committed may get into the file */
    Publication(ObjectFile file, PendingChanges pending, TransactionTemplate transaction, Consumer<Step> progress) {
        this.file = file;
        this.pending = pending;
        this.transaction = transaction;
        this.progress = progress;
    }

    void run() {
        if (pending.after(-1, 1).isEmpty()) {
            return;
        }
        makeLockable();
        transaction.executeWithoutResult(status -> {
            pending.lock();
            numbers = numbers();
            tokens = new long[numbers.length];
            if (numbers.length > 0) {
                publish();
            }
        });
    }

    private void makeLockable() {
        boolean there = Boolean.TRUE.equals(transaction.execute(status -> pending.lock()));
        if (!there) {
            try {
                transaction.executeWithoutResult(status -> pending.makeLockable());
            } catch (DuplicateKeyException e) {
                // Somebody else was faster.
            }
        }
    }

    private long[] numbers() {
        LongList all = new LongList();
        forEach(change -> all.add(change.number()));
        return all.sorted();
    }

    private void forEach(Consumer<Change> changes) {
        List<Change> page = pending.after(-1, PAGE);
        while (!page.isEmpty()) {
            page.forEach(changes);
            page = pending.after(page.getLast().number(), PAGE);
        }
    }

    private void publish() {
        try {
            Path target = Files.exists(file.path())
                    ? file.path().toRealPath()
                    : file.path().toAbsolutePath();
            Path aside = target.resolveSibling("." + target.getFileName() + ".new");
            try {
                write(target, aside);
            } catch (IOException e) {
                DiskTrouble.removeRest(aside);
                throw e;
            } catch (UncheckedIOException e) {
                DiskTrouble.removeRest(aside);
                throw e.getCause();
            }
            progress.accept(Step.WRITTEN);
            // Writing takes long enough for a process to be paused and its lock to be given to somebody else.
            pending.lock();
            Durable.rename(aside, target);
            progress.accept(Step.RENAMED);
        } catch (IOException e) {
            throw new SystemUnavailable(
                    file.set() + ": the file " + file.path() + " cannot be written: " + DiskTrouble.reason(e)
                            + " The changes are kept.",
                    e);
        }
        forget();
    }

    private void write(Path target, Path aside) throws IOException {
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Stamp before = file.stamp(true);
        // Somebody who was paused while writing here goes on in what he opened, and that must not become the file.
        Files.deleteIfExists(aside);
        progress.accept(Step.STARTED);
        try (OutputStream out = new BufferedOutputStream(
                before == null ? Durable.create(aside) : Durable.createLike(target, aside), 1 << 16)) {
            if (before == null) {
                RecordFormat.Writer writer =
                        file.format().write(out, file.format().newLayout());
                append(writer);
                writer.finish();
            } else {
                try (InputStream in = Files.newInputStream(target)) {
                    RecordFormat.Reader reader = file.format().read(in);
                    RecordFormat.Writer writer = file.format().write(out, reader.layout());
                    merge(reader, writer);
                    append(writer);
                    writer.finish();
                }
            }
        } catch (Unfit e) {
            throw new SystemUnavailable(
                    file.set() + ": the file " + file.path() + " no longer fits the changes that are to be written: "
                            + e.reason(),
                    e);
        }
        if (!Objects.equals(before, file.stamp(true))) {
            throw new SystemUnavailable(
                    file.set() + ": the file " + file.path() + " changed while it was written again. Publish again.",
                    null);
        }
    }

    private void merge(RecordFormat.Reader reader, RecordFormat.Writer writer) throws IOException, Unfit {
        List<SourceRecord> page = new ArrayList<>(PAGE);
        for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
            page.add(record);
            if (page.size() == PAGE) {
                merge(page, writer);
                page.clear();
            }
        }
        merge(page, writer);
    }

    private void merge(List<SourceRecord> page, RecordFormat.Writer writer) throws IOException, Unfit {
        Map<String, Change> changes = pending.of(page.stream()
                .<String>mapMulti((record, ids) -> {
                    if (record instanceof SourceRecord.Whole whole) {
                        ids.accept(whole.id());
                    }
                })
                .toList());
        for (SourceRecord record : page) {
            Change change = record instanceof SourceRecord.Whole whole ? changes.get(whole.id()) : null;
            int at = change == null ? -1 : Arrays.binarySearch(numbers, change.number());
            if (record.raw() instanceof SourceRecord.Raw.Lost) {
                throw new SystemUnavailable(
                        file.set() + ": line " + record.line() + " of " + file.path()
                                + " holds bytes that are not of the file's charset and would be lost. Correct that line.",
                        null);
            }
            // A change that came after the start waits for the next time.
            if (change == null || at < 0 || inFile.get(at) || !(record instanceof SourceRecord.Whole whole)) {
                writer.keep(record.raw());
                continue;
            }
            inFile.set(at);
            apply(at, change);
            Map<String, @Nullable Object> content = change.content();
            if (content != null) {
                writer.put(change.id(), content, whole);
            }
        }
    }

    /** Puts the objects that the file did not have behind the others. */
    private void append(RecordFormat.Writer writer) throws IOException, Unfit {
        List<Change> page = pending.after(-1, PAGE);
        while (!page.isEmpty()) {
            for (Change change : page) {
                int at = Arrays.binarySearch(numbers, change.number());
                if (at >= 0 && !inFile.get(at)) {
                    apply(at, change);
                    Map<String, @Nullable Object> content = change.content();
                    if (content != null) {
                        writer.put(change.id(), content, null);
                    }
                }
            }
            page = pending.after(page.getLast().number(), PAGE);
        }
    }

    private void apply(int at, Change change) {
        tokens[at] = change.token();
        applied.set(at);
    }

    /** Removes the changes as they were applied; one that changed again meanwhile stays. */
    private void forget() {
        List<Change> page = pending.after(-1, PAGE);
        while (!page.isEmpty()) {
            List<Change> done = page.stream().filter(this::isDone).toList();
            pending.remove(done);
            page = pending.after(page.getLast().number(), PAGE);
        }
    }

    private boolean isDone(Change change) {
        int at = Arrays.binarySearch(numbers, change.number());
        return at >= 0 && applied.get(at) && tokens[at] == change.token();
    }
}
