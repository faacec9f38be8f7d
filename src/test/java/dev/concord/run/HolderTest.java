package dev.concord.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Leases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolderTest {

    private static final long ME = 77;
    private static final long OTHER = 4711;

    @TempDir
    private Path folder;

    private Proc proc;
    private Holder me;
    private Holder other;

    @BeforeEach
    void twoProcesses() throws IOException {
        proc = new Proc(folder.resolve("proc"));
        proc.process("1", 3);
        proc.self(ME, 900);
        me = new Holder("db1", ME, new LinuxProcesses(proc.folder));
        Proc others = new Proc(folder.resolve("as the other sees it"));
        others.self(OTHER, 1200);
        proc.process(OTHER + "", 1200);
        other = new Holder("db1", OTHER, new LinuxProcesses(others.folder));
    }

    @Test
    void saysWhereItLivesAndShowsPeopleHostAndProcess() {
        assertThat(other.text()).isEqualTo("db1:4711 " + Proc.BOOT + "/4026531836/4026531834 1200");
        assertThat(new Leases.Holder("run", other.text()).shown()).isEqualTo("db1:4711");
    }

    @Test
    void isThereWhileItsProcessIs() {
        assertThat(me.knowsGone(other.text())).isFalse();
    }

    @Test
    void isGoneWhenThereIsNoSuchProcess() throws IOException {
        proc.remove(OTHER);

        assertThat(me.knowsGone(other.text())).isTrue();
    }

    @Test
    void isGoneWhenAnotherProcessHasGotItsNumber() throws IOException {
        proc.process(OTHER + "", 5000);

        assertThat(me.knowsGone(other.text())).isTrue();
    }

    @Test
    void isNotKnownToBeGoneInAnotherNamespaceOfProcesses() throws IOException {
        proc.remove(OTHER);
        proc.namespace("pid", "4026532999");

        assertThat(me.knowsGone(other.text())).isFalse();
    }

    @Test
    void isNotKnownToBeGoneWhereTimeCountsFromAnotherMoment() throws IOException {
        proc.process(OTHER + "", 9_001_200);
        proc.namespace("time", "4026532998");

        assertThat(me.knowsGone(other.text())).isFalse();
    }

    @Test
    void isNotKnownToBeGoneWhenItRanUnderAnotherKernelOrBeforeTheLastBoot() throws IOException {
        proc.remove(OTHER);
        proc.write("sys/kernel/random/boot_id", "00000000-d07a-489c-8f6f-9c63b0087cb2\n");

        assertThat(me.knowsGone(other.text())).isFalse();
    }

    @Test
    void isNotKnownToBeGoneUnderTheNameOfAnotherHost() throws IOException {
        proc.remove(OTHER);

        assertThat(me.knowsGone(other.text().replace("db1:", "db2:"))).isFalse();
    }

    @Test
    void isNotKnownToBeGoneWhereTheFolderShowsTheProcessesOfAnotherNamespace() throws IOException {
        proc.remove(OTHER);
        proc.write("self/status", "Name:\tjava\nNSpid:\t9077\t77\n");

        assertThat(me.knowsGone(other.text())).isFalse();
    }

    @Test
    void isNotKnownToBeGoneWhereProcessesOfOtherUsersAreHidden() throws IOException {
        proc.remove(OTHER);
        proc.mounted("rw,hidepid=invisible");

        assertThat(me.knowsGone(other.text())).isFalse();
    }

    @Test
    void isNotKnownToBeGoneWhereNotEvenTheFirstProcessIsSeen() throws IOException {
        proc.remove(OTHER);
        proc.remove(1);

        assertThat(me.knowsGone(other.text())).isFalse();
    }

    @Test
    void isNotKnownToBeGoneWhenItsStartCannotBeRead() throws IOException {
        Files.delete(proc.folder.resolve(OTHER + "/stat"));

        assertThat(me.knowsGone(other.text())).isFalse();
    }

    @Test
    void isNotKnownToBeGoneWhenAnEarlierVersionWroteItDown() throws IOException {
        proc.remove(OTHER);

        assertThat(me.knowsGone("db1:4711")).isFalse();
        assertThat(me.knowsGone("elsewhere")).isFalse();
    }

    @Test
    void saysOnlyHostAndProcessWhereTheSystemTellsNothing() throws IOException {
        Files.delete(proc.folder.resolve("sys/kernel/random/boot_id"));

        assertThat(me.text()).isEqualTo("db1:77");
        assertThat(new Holder("db1", 8, new Processes.UnknownProcesses()).text())
                .isEqualTo("db1:8");
        assertThat(new Holder("db1", 8, new Processes.UnknownProcesses()).knowsGone("db1:9 x 1"))
                .isFalse();
    }

    @Test
    void fitsIntoItsColumnWhateverTheHostIsCalled() {
        Holder long1 = new Holder("a name ".repeat(40), Long.MAX_VALUE, new LinuxProcesses(proc.folder));

        assertThat(long1.text()).hasSizeLessThan(255).startsWith("a_name_a_name_");
        assertThat(me.knowsGone(long1.text())).isFalse();
    }

    @Test
    void ofThisSystemIsThereUntilItsProcessIsKilled() throws Exception {
        Processes here = Processes.here();
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            Processes.Birth self = here.self().orElseThrow();
            String start = startOf(process.pid());
            Processes.Birth birth = new Processes.Birth(self.space(), start);
            assertThat(here.isGone(process.pid(), birth)).isFalse();
            assertThat(here.isGone(process.pid(), new Processes.Birth(self.space(), start + "1")))
                    .as("another one with its number")
                    .isTrue();

            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(here.isGone(process.pid(), birth)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whereProcessesAreListedItIsThereUntilItsProcessIsKilled() throws Exception {
        Processes listed = new ListedProcesses("macos");
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            String start =
                    Long.toString(process.info().startInstant().orElseThrow().toEpochMilli());
            Processes.Birth birth = new Processes.Birth("macos", start);
            assertThat(listed.isGone(process.pid(), birth)).isFalse();
            assertThat(listed.isGone(process.pid(), new Processes.Birth("macos", "7")))
                    .as("another one with its number")
                    .isTrue();

            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(listed.isGone(process.pid(), birth)).isTrue();
            assertThat(listed.isGone(process.pid(), new Processes.Birth("windows", start)))
                    .isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void ofThisVeryProcessIsThere() {
        assertThat(Holder.thisProcess()).startsWith(Holder.nameOfThisProcess() + " ");
        assertThat(Holder.isGone(Holder.thisProcess())).isFalse();
    }

    private static String startOf(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')')).split(" ")[20];
    }

    /** A folder that looks like {@code /proc}. */
    private record Proc(Path folder) {

        static final String BOOT = "034a29d9-d07a-489c-8f6f-9c63b0087cb2";

        void self(long pid, long start) throws IOException {
            write("sys/kernel/random/boot_id", BOOT + "\n");
            namespace("pid", "4026531836");
            namespace("time", "4026531834");
            write("self/status", "Name:\tjava\nPid:\t" + pid + "\nNSpid:\t" + pid + "\n");
            process("self", start);
            mounted("rw");
        }

        void mounted(String options) throws IOException {
            write(
                    "self/mountinfo",
                    "21 27 0:20 / /sys rw - sysfs sysfs rw\n22 27 0:21 / " + folder
                            + " rw,relatime shared:5 - proc proc " + options + "\n");
        }

        void namespace(String kind, String number) throws IOException {
            Path link = folder.resolve("self/ns").resolve(kind);
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(kind + ":[" + number + "]"));
        }

        /** A program may be called whatever it likes. */
        void process(String name, long start) throws IOException {
            write(
                    name + "/stat",
                    name + " (a) b (c)) S 1 2 3 4 -1 5 6 7 8 9 10 11 12 13 20 0 30 0 " + start + " 99 98 97\n");
        }

        void remove(long pid) throws IOException {
            Files.delete(folder.resolve(pid + "/stat"));
            Files.delete(folder.resolve(Long.toString(pid)));
        }

        void write(String file, String text) throws IOException {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        }
    }
}
