import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded chance. Each part of the company throws its own, so that a change to one leaves the others as they are. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** A number from 0 to {@code bound - 1}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }

    <T> T one(List<T> of) {
        return of.get(below(of.size()));
    }

    /** Some of the elements, none twice, in the order they are thrown in. */
    <T> List<T> some(int count, List<T> of) {
        if (count > of.size()) {
            throw new IllegalArgumentException("Asked for " + count + " of " + of.size());
        }
        List<T> rest = new ArrayList<>(of);
        List<T> picked = new ArrayList<>();
        while (picked.size() < count) {
            picked.add(rest.remove(below(rest.size())));
        }
        return picked;
    }
}
