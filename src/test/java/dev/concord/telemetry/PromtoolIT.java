package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The alerts' cases come true. Needs a promtool on the PATH, and says so where there is none. */
class PromtoolIT {

    private static final Path FOLDER = Path.of("monitoring");

    @Test
    void promtoolFindsTheConfigurationSoundAndTheCasesTrue() throws Exception {
        Path promtool = PrometheusServer.program("promtool").orElse(null);
        if (promtool == null) {
            System.err.println("NOT TESTED: there is no promtool on the PATH (Debian: apt install prometheus), so that"
                    + " nobody tried monitoring/alerts.test.yml.");
        }
        Assumptions.assumeTrue(promtool != null, "There is no promtool on the PATH.");
        assertThat(said(promtool, "check", "config", "prometheus.yml")).contains("SUCCESS");
        assertThat(said(promtool, "test", "rules", "alerts.test.yml")).contains("SUCCESS");
    }

    private static String said(Path promtool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(promtool.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
