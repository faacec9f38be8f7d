package dev.concord.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Definitions in a folder. */
final class FolderSources extends Sources {

    private static final List<String> FOLDERS =
            List.of("", "systems", "managed", "keys", "schedules", "webhooks", "mapping");

    private final Path jobs;
    private final Function<String, @Nullable String> environment;

    FolderSources(Path jobs) {
        this(jobs, System::getenv);
    }

    FolderSources(Path jobs, Function<String, @Nullable String> environment) {
        this.jobs = jobs;
        this.environment = environment;
    }

    @Override
    Listing list() {
        if (!Files.isDirectory(jobs)) {
            return new Listing(List.of(), "the folder " + jobs + " does not exist; definitions are read from there");
        }
        TreeSet<String> files = new TreeSet<>();
        for (String folder : FOLDERS) {
            Path place = jobs.resolve(folder);
            if (!Files.isDirectory(place)) {
                continue;
            }
            try (Stream<Path> entries = Files.list(place)) {
                entries.filter(entry -> !Files.isDirectory(entry))
                        .map(entry -> (folder.isEmpty() ? "" : folder + "/") + entry.getFileName())
                        .filter(SourcePath::isDefinition)
                        .forEach(files::add);
            } catch (IOException | RuntimeException e) {
                return new Listing(List.of(), "the folder " + place + " cannot be listed; grant the right to read it");
            }
        }
        return new Listing(List.copyOf(files), "");
    }

    @Override
    Content read(String path) {
        int limit = path.endsWith(".json") ? Limits.JSON_BYTES : Limits.YAML_BYTES;
        try {
            Path file = jobs.resolve(path).toRealPath();
            if (!file.startsWith(jobs.toRealPath())) {
                return new Content.Refused(
                        "the file lies outside jobs/ (a symbolic link leads there); put it below jobs/", 0);
            }
            if (!Files.isRegularFile(file)) {
                return new Content.Refused("this is no file", 0);
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(limit + 1);
                if (bytes.length > limit) {
                    return new Content.Refused(
                            "the file is larger than " + limit / 1024 / 1024 + " MB, which is the most that is read",
                            0);
                }
                return decode(bytes);
            }
        } catch (NoSuchFileException e) {
            return new Content.Absent();
        } catch (IOException | RuntimeException e) {
            return new Content.Refused("the file cannot be read; grant the right to read it", 0);
        }
    }

    @Override
    @Nullable
    String property(String file, String name) {
        return properties().get(name);
    }

    InstallationProperties properties() {
        Content file = read(InstallationProperties.FILE);
        return InstallationProperties.of(environment, file instanceof Content.Text(String text) ? text : null);
    }

    @Override
    boolean isMissing(String path) {
        return !Files.isRegularFile(jobs.resolve(path));
    }

    static Content decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            return new Content.Refused("the file is not UTF-8 from here on; save it as UTF-8", line);
        }
        String text = out.flip().toString();
        return new Content.Text(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
}
