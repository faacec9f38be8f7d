package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** A disk of its own at a folder, as small as the test wants it. Needs the right to mount; skips with a shout. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk at(Path folder, String size) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()) != 0) {
            String message = "SKIPPED: nothing can be mounted here, so nothing was tried on a full disk. Run as root.";
            System.err.println(message);
            throw new TestAbortedException(message);
        }
        return new SmallDisk(folder);
    }

    void grow(String size) throws IOException, InterruptedException {
        assertThat(run("mount", "-o", "remount,size=" + size, folder.toString()))
                .isZero();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchCommand) {
            return -1;
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        assertThat(run("umount", "-l", folder.toString())).isZero();
    }
}
