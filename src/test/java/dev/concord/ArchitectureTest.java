package dev.concord;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Keeps the rooms of the house apart, and draws them into {@code docs/rooms.md}. */
class ArchitectureTest {

    private static final String HOUSE = "dev.concord";

    /**
     * Each room: what it may use. A room names only rooms of earlier lines, so all arrows run one way; * is all of
     * them.
     */
    private static final Map<String, Set<String>> ROOMS = rooms("""
            record:
            secret: record
            access: record
            audit: record
            filter: record
            mapping: record, filter, secret
            script: record, filter, mapping, secret
            system: record, filter, mapping, secret
            link: record
            projection: record, filter, mapping, script
            correlation: record, filter, mapping, script, system, link, projection
            situation: record, filter, mapping
            ledger: record, filter, mapping, situation
            guard: record, mapping, ledger
            explanation: record, mapping, ledger
            recon: *
            run: audit, record, filter, mapping, system, link, ledger, guard, explanation, recon
            bench: record, mapping, system, link, ledger, run
            review: record, filter, mapping, script, system, situation
            telemetry: audit, record, filter, secret, mapping, system, ledger, guard, run
            api: access, audit, record, filter, mapping, system, link, ledger, guard, explanation, run, review
            console: access, audit, record, filter, mapping, system, link, ledger, guard, explanation, run, review
            cli: access, audit, record, filter, mapping, system, link, ledger, guard, explanation, run, review, bench
            """);

    private static final Path DIAGRAM = Path.of("docs", "rooms.md");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOUSE);

    @Test
    void everyPackageIsARoomOfTheTableOrPartOfOne() {
        assertThat(CLASSES.stream().map(ArchitectureTest::room).filter(room -> !room.isEmpty()))
                .as("Packages under %s; a new room wants a line in %s", HOUSE, ArchitectureTest.class.getSimpleName())
                .isSubsetOf(ROOMS.keySet());
    }

    @Test
    void roomsUseOnlyWhatTheTableAllows() {
        Map<String, Set<String>> violations = arrows().filter(
                        arrow -> !isAllowed(room(arrow.getOriginClass()), room(arrow.getTargetClass())))
                .collect(groupingBy(
                        arrow -> room(arrow.getOriginClass()) + " may not use " + room(arrow.getTargetClass()),
                        TreeMap::new,
                        mapping(
                                arrow -> arrow.getOriginClass().getSimpleName() + " uses "
                                        + arrow.getTargetClass().getSimpleName(),
                                toCollection(TreeSet::new))));
        assertThat(violations)
                .as("Move the code to the room that may, or change the table in ArchitectureTest and say why")
                .isEmpty();
    }

    @Test
    void partsOfARoomHaveNoCycles() {
        slices().matching(HOUSE + ".*.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheRoomsThatRunJobsKnowSpringBatch() {
        noClasses()
                .that()
                .resideOutsideOfPackages(HOUSE, HOUSE + ".recon..", HOUSE + ".run..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.batch..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void theRoomsThatOnlyDecideKnowNoSpring() {
        String[] pure = Stream.of("record", "filter", "mapping", "situation", "projection")
                .map(room -> HOUSE + "." + room + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(pure)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysThatItsReferencesAreNotNull() {
        List<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .sorted()
                .toList();
        assertThat(unmarked)
                .as("Packages without a package-info.java that carries @NullMarked")
                .isEmpty();
    }

    @Test
    void theDiagramShowsTheRoomsAsTheyAre() throws IOException {
        String drawn = diagram();
        if (Files.exists(DIAGRAM) && Files.readString(DIAGRAM).equals(drawn)) {
            return;
        }
        if (System.getenv("CI") != null) {
            fail(
                    "%s no longer shows how the rooms use each other. Run ./mvnw test -Dtest=ArchitectureTest and commit it."
                            .formatted(DIAGRAM));
        }
        Files.createDirectories(DIAGRAM.getParent());
        Files.writeString(DIAGRAM, drawn);
    }

    private static Map<String, Set<String>> rooms(String table) {
        Map<String, Set<String>> rooms = new LinkedHashMap<>();
        table.lines().forEach(line -> {
            String[] parts = line.split(":", 2);
            Set<String> used = parts[1].strip().equals("*")
                    ? Set.copyOf(rooms.keySet())
                    : Arrays.stream(parts[1].split(","))
                            .map(String::strip)
                            .filter(name -> !name.isEmpty())
                            .collect(toUnmodifiableSet());
            assertThat(rooms.keySet()).as("Rooms above '%s'", line).containsAll(used);
            rooms.put(parts[0], used);
        });
        return rooms;
    }

    private static boolean isAllowed(String from, String to) {
        return from.isEmpty() || ROOMS.getOrDefault(from, Set.of()).contains(to);
    }

    /** The first part of the package name below the house; empty for the front door, which belongs to no room. */
    private static String room(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.equals(HOUSE) ? "" : name.substring(HOUSE.length() + 1).split("\\.", 2)[0];
    }

    private static Stream<Dependency> arrows() {
        return CLASSES.stream()
                .flatMap(javaClass -> javaClass.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith(HOUSE))
                .filter(arrow -> !room(arrow.getOriginClass()).equals(room(arrow.getTargetClass())));
    }

    private static String diagram() {
        Map<String, Set<String>> uses = new TreeMap<>();
        CLASSES.stream()
                .map(ArchitectureTest::room)
                .filter(room -> !room.isEmpty())
                .forEach(room -> uses.putIfAbsent(room, new TreeSet<>()));
        arrows().filter(arrow -> !room(arrow.getOriginClass()).isEmpty())
                .forEach(arrow -> uses.get(room(arrow.getOriginClass())).add(room(arrow.getTargetClass())));
        String lines = uses.entrySet().stream()
                .flatMap(entry -> entry.getValue().isEmpty()
                        ? Stream.of(entry.getKey())
                        : entry.getValue().stream()
                                .filter(used -> !isUsedOnTheWay(uses, entry.getValue(), used))
                                .map(used -> entry.getKey() + " --> " + used))
                .map(line -> "  " + line + "\n")
                .collect(joining());
        return """
                # Rooms

                How the packages below `%s` use each other. An arrow that follows from two others is left out: a room that uses
                `mapping` can use what `mapping` uses. Drawn by `ArchitectureTest`, which also says what each room may use.

                ```mermaid
                flowchart TD
                %s```
                """.formatted(HOUSE, lines);
    }

    /** Whether one of a room's other arrows leads, over any number of rooms, to the same one. */
    private static boolean isUsedOnTheWay(Map<String, Set<String>> uses, Set<String> direct, String target) {
        return direct.stream()
                .filter(room -> !room.equals(target))
                .anyMatch(room -> uses.getOrDefault(room, Set.of()).contains(target)
                        || isUsedOnTheWay(uses, uses.getOrDefault(room, Set.of()), target));
    }
}
