import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The legal entities and partners that HR keeps: 40, of which six are dissolved. Two pairs have the same name in different countries.
 */
final class Organizations {

    private static final int COUNT = 40;
    private static final int DISSOLVED = 6;

    /** One row; {@code revenue} as the file spells it: with two decimals, one or none. */
    record Organization(
            String id, String name, String parent, Place place, String industry, boolean dissolved, int people, String revenue) {

        String csv() {
            return Text.csvLine(
                    ',',
                    id,
                    name,
                    parent,
                    place.country(),
                    place.city(),
                    industry,
                    dissolved ? "dissolved" : "active",
                    String.valueOf(people),
                    revenue);
        }
    }

    record Place(String country, String city) {}

    final List<Organization> rows = new ArrayList<>();

    static Organizations make(Dice dice) {
        Organizations organizations = new Organizations();
        organizations.found(dice);
        return organizations;
    }

    String csv() {
        return Text.csvLine(
                        ',', "orgId", "name", "parent", "country", "city", "industry", "status", "employeeCount", "annualRevenue")
                + rows.stream().map(Organization::csv).collect(Collectors.joining());
    }

    List<Organization> active() {
        return rows.stream().filter(o -> !o.dissolved()).toList();
    }

    List<Organization> dissolved() {
        return rows.stream().filter(Organization::dissolved).toList();
    }

    private void found(Dice dice) {
        List<Place> places = List.of(
                new Place("CH", "Zürich"),
                new Place("DE", "Berlin"),
                new Place("FR", "Lyon"),
                new Place("PL", "Kraków"),
                new Place("JP", "大阪"),
                new Place("BR", "São Paulo"),
                new Place("DK", "Aarhus"));
        List<String> stems = List.of(
                "Lumenfeld", "Brightwater", "Søndergård", "Nordlicht", "Jatobá", "Kōyō", "Bellecour", "Kazimierz", "O'Hara & Daughters",
                "\"Foundry\"");
        List<String> kinds = List.of("Optics", "Logistics, Ltd.", "Labs", "ホールディングス");
        List<String> industries = List.of("Optics", "Transport", "Research", "Retail", "Energy");
        for (int i = 0; i < COUNT; i++) {
            // Stem by stem, kind by kind: every name once, but for the two that are founded again in another country.
            String name = i == 17 || i == 33 ? rows.get(i - 11).name() : stems.get(i % stems.size()) + " " + kinds.get(i / stems.size());
            Place place = i == 17 || i == 33 ? another(places, rows.get(i - 11).place()) : dice.one(places);
            String revenue = (100_000 + dice.below(90_000_000)) + dice.one(List.of("", ".5", ".25", ".00"));
            rows.add(new Organization(
                    String.format("ORG-%03d", 10 + i),
                    name,
                    i == 0 ? "" : i < 10 ? "ORG-010" : rows.get(dice.below(10)).id(),
                    place,
                    dice.one(industries),
                    false,
                    3 + dice.below(4_000),
                    revenue));
        }
        for (Organization gone : dice.some(DISSOLVED, rows.subList(20, COUNT).stream().filter(o -> unique(o)).toList())) {
            rows.set(
                    rows.indexOf(gone),
                    new Organization(gone.id(), gone.name(), gone.parent(), gone.place(), gone.industry(), true, 0, "0"));
        }
    }

    /** Whether no other row has this one's name. */
    boolean unique(Organization organization) {
        return rows.stream().filter(o -> o.name().equals(organization.name())).count() == 1;
    }

    private static Place another(List<Place> places, Place than) {
        return places.get((places.indexOf(than) + 1) % places.size());
    }
}
