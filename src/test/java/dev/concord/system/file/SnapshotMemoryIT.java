package dev.concord.system.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotMemoryIT {

    private static final int RECORDS = 400_000;

    @TempDir
    Path temporary;

    @Test
    void aFileManyTimesAsLargeAsTheHeapIsReadScannedAndSearched() throws Exception {
        Path output = temporary.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        temporary.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readAllLines(output)).last().isEqualTo(RECORDS + " scanned, 1 found");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Works in a heap that a fraction of the file would fill. */
    static final class Reader {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            try (BufferedWriter text = Files.newBufferedWriter(folder.resolve("a.csv"))) {
                text.write("id,mail,note\n");
                for (int i = 0; i < RECORDS; i++) {
                    text.write("e" + i + ",m" + i + "@example.com," + "note ".repeat(60) + i + "\n");
                }
            }
            try (FileFolder files = FileFolder.in(folder)) {
                ObjectSet set = files.csv("a.csv").snapshotIn(folder.resolve("run"));
                int scanned = 0;
                Page page = set.scan(KeyRange.ALL, null, 1000, null);
                while (!page.items().isEmpty()) {
                    scanned += page.items().size();
                    page = set.scan(KeyRange.ALL, page.lastPosition(), 1000, null);
                }
                int found = set.find(List.of(Filter.parse("mail eq \"m399999@example.com\"")), 5)
                        .getFirst()
                        .size();
                System.out.println(scanned + " scanned, " + found + " found");
            }
        }
    }
}
