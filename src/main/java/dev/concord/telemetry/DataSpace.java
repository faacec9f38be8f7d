package dev.concord.telemetry;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.health.application.DiskSpaceHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.unit.DataSize;

/**
 * Whether there is room where Concord keeps its data. A folder that comes with the first data is not there at once;
 * until then, what counts is the one that it will be made in.
 */
record DataSpace(Path folder, DataSize least) implements HealthIndicator {

    @Override
    public Health health() {
        return new DiskSpaceHealthIndicator(existing(), least).health();
    }

    private File existing() {
        Path place = folder.toAbsolutePath();
        for (Path parent = place; parent != null; parent = parent.getParent()) {
            if (Files.exists(parent)) {
                return parent.toFile();
            }
        }
        return place.toFile();
    }
}
