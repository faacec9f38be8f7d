package dev.concord.system.configured;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.SystemDefinition;
import dev.concord.secret.Crypto;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.UnusableObjectSet;
import dev.concord.system.jdbc.JdbcSystem;
import dev.concord.system.managed.ManagedStore;
import dev.concord.system.secrecy.SecretObjectSet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import javax.sql.DataSource;

/** The object sets of one state of the definitions. Each is opened when it is asked for first, and kept. */
public final class ConfiguredObjectSets implements ObjectSets {

    private final Definitions definitions;
    private final Parts parts;
    private final Crypto crypto;
    private final Map<String, ObjectSet> sets = new HashMap<>();
    private final Map<String, JdbcSystem> systems = new HashMap<>();
    private boolean closed;

    private ConfiguredObjectSets(Definitions definitions, Parts parts) {
        this.definitions = definitions;
        this.parts = parts;
        this.crypto = definitions.crypto();
    }

    /** Opens the objects of one type in files. */
    @FunctionalInterface
    public interface FileSets {
        ObjectSet open(SystemDefinition.Files system, String type);
    }

    /**
     * What object sets are made with.
     *
     * @param platform the platform database
     * @param jobs the folder of the definitions
     * @param connections how many connections to each database elsewhere there may be at once
     */
    public record Parts(DataSource platform, Path jobs, int connections, FileSets files) implements Factory {
        @Override
        public ObjectSets of(Definitions definitions) {
            return new ConfiguredObjectSets(definitions, this);
        }
    }

    @Override
    public synchronized ObjectSet open(String path) {
        if (closed) {
            throw new IllegalStateException("These object sets are closed.");
        }
        ObjectSet set = sets.get(path);
        if (set == null) {
            set = openNew(path);
            sets.put(path, set);
        }
        return set;
    }

    @Override
    public synchronized void close() {
        closed = true;
        systems.values().forEach(JdbcSystem::close);
        systems.clear();
        sets.clear();
    }

    private ObjectSet openNew(String path) {
        String[] names = path.split("/", -1);
        if (names.length == 2 && names[0].equals("managed")) {
            ManagedType type = definitions.managedTypes().get(names[1]);
            if (type != null) {
                return SecretObjectSet.of(
                        new ManagedStore(parts.platform()).open(StoredDefinitions.of(type)), type.attributes(), crypto);
            }
        }
        if (names.length == 3 && names[0].equals("system")) {
            SystemDefinition system = definitions.systems().get(names[1]);
            if (system != null && types(system).contains(names[2])) {
                return switch (system) {
                    case SystemDefinition.Jdbc jdbc ->
                        SecretObjectSet.of(
                                open(jdbc, names[2]), table(jdbc, names[2]).types(), crypto);
                    case SystemDefinition.Files files ->
                        SecretObjectSet.of(
                                parts.files().open(StoredDefinitions.of(files), names[2]),
                                Objects.requireNonNull(files.objects().get(names[2]))
                                        .attributes(),
                                crypto);
                };
            }
        }
        throw new UnusableObjectSet("There is no object set '" + path + "'. There are: " + known() + ".");
    }

    private ObjectSet open(SystemDefinition.Jdbc system, String type) {
        return systems.computeIfAbsent(
                        system.name(),
                        name -> JdbcSystem.open(
                                StoredDefinitions.of(system), parts.platform(), parts.jobs(), parts.connections()))
                .open(type);
    }

    private static SystemDefinition.TableObjects table(SystemDefinition.Jdbc system, String type) {
        return Objects.requireNonNull(system.objects().get(type));
    }

    private String known() {
        TreeSet<String> paths = new TreeSet<>();
        definitions.managedTypes().keySet().forEach(type -> paths.add("managed/" + type));
        definitions
                .systems()
                .forEach((name, system) -> types(system).forEach(type -> paths.add("system/" + name + "/" + type)));
        return paths.isEmpty() ? "none; define some below jobs/managed or jobs/systems" : String.join(", ", paths);
    }

    private static java.util.Set<String> types(SystemDefinition system) {
        return switch (system) {
            case SystemDefinition.Jdbc jdbc -> jdbc.objects().keySet();
            case SystemDefinition.Files files -> files.objects().keySet();
        };
    }
}
