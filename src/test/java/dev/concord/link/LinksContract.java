package dev.concord.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.concord.record.CompareKey;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;

/** What links do, whatever database they are in. */
abstract class LinksContract extends OnPlatformDatabase {

    /** Ids that look the same to many a database, and must not be. */
    private static final List<String> TWINS = List.of(
            "a", "A", "a ", "a  ", " a", "ä", "a\u0308", "á", "à", "å", "ss", "ß", "i", "I", "İ", "ı", "i\u0307", "e\t",
            "e", "1", "01", "1.0", "\u200Bx", "x", "日本", "😀", "😁", "", "a\u0000", "a/b", "a:b", "%", "_", "'", "\\");

    LinksContract(Databases kind) {
        super(kind);
    }

    // Writing and looking up

    @Test
    void whoThinksOtherwiseOfTheCaseOfIdsIsToldThatLinksWereMadeByOthers() {
        Links exact = links(new LinkType("persons", false, true, true, true));
        exact.create(List.of(exact.type().link("default", "12", "34")));
        for (boolean source : List.of(true, false)) {
            for (boolean target : List.of(true, false)) {
                assertThat(links(new LinkType("persons", false, true, source, target))
                                .areKeyedOtherwise())
                        .as("ids without letters are the same for everybody")
                        .isFalse();
            }
        }
        exact.create(List.of(exact.type().link("default", "S1", "t1")));
        assertThat(exact.areKeyedOtherwise()).isFalse();
        assertThat(links(new LinkType("persons", false, true, true, false)).areKeyedOtherwise())
                .isFalse();
        assertThat(links(new LinkType("persons", false, true, false, true)).areKeyedOtherwise())
                .isTrue();
        assertThat(links(new LinkType("persons", true, true, true, false)).areKeyedOtherwise())
                .isTrue();
        assertThat(links(new LinkType("others", false, true, false, true)).areKeyedOtherwise())
                .isFalse();
    }

    @Test
    void aLinkIsFoundFromBothSides() {
        Links links = links("persons");
        Link link = links.type().link("default", "s1", "t1");

        links.create(List.of(link));

        assertThat(ofSources(links, "s1", "s2")).containsExactly(link);
        assertThat(ofTargets(links, "t1", "t2")).containsExactly(link);
        assertThat(ofSources(links, "t1")).isEmpty();
        assertThat(ofTargets(links, "s1")).isEmpty();
        assertThat(links.count()).isEqualTo(1);
    }

    @Test
    void aLinkRemembersTheSecretsOfEachSideForItself() {
        Links forward = links("persons");
        Links backward = new Links(database().jdbc(), new LinkType("persons", true, true, true, true));
        Link link = forward.type().link("default", "s1", "t1").with(Map.of("pässword", "abc", "pin", "def"));
        forward.create(List.of(link));
        assertThat(ofSources(forward, "s1")).containsExactly(link);

        Link seenBack = ofSources(backward, "t1").getFirst();
        assertThat(seenBack.digests()).isEmpty();
        assertThat(backward.repoint(seenBack, seenBack.remembering(Map.of("mail", "ghi"))))
                .isTrue();
        assertThat(ofSources(backward, "t1").getFirst().digests()).isEqualTo(Map.of("mail", "ghi"));
        assertThat(ofSources(forward, "s1").getFirst().digests()).isEqualTo(link.digests());

        Link now = ofSources(forward, "s1").getFirst();
        assertThat(forward.repoint(now, now.remembering(Map.of()))).isTrue();
        assertThat(forward.repoint(now, now.remembering(Map.of("pin", "x"))))
                .as("of a link that changed meanwhile")
                .isFalse();
        assertThat(ofSources(forward, "s1").getFirst().digests()).isEmpty();
        assertThat(ofSources(backward, "t1").getFirst().digests()).isEqualTo(Map.of("mail", "ghi"));
    }

    @Test
    void anotherTargetHasOtherSecrets() {
        Links links = links("persons");
        Link link = links.type().link("default", "s1", "t1").with(Map.of("pin", "def"));
        links.create(List.of(link));
        links.repoint(link, link.pointingTo("t2", key("t2")));
        assertThat(ofSources(links, "s1").getFirst().digests()).isEmpty();
    }

    @Test
    void theAnswerIsByKeyAndHasAllQualifiers() {
        Links links = links("persons");
        Link user = links.type().link("user", "s1", "t1");
        Link admin = links.type().link("admin", "s1", "t2");
        Link other = links.type().link("user", "s2", "t3");
        links.create(List.of(user, admin, other));

        var found = links.ofSources(keys("s1", "s2", "s3"));

        assertThat(found.keySet()).isEqualTo(Set.copyOf(keys("s1", "s2")));
        assertThat(found.get(key("s1"))).containsExactlyInAnyOrder(user, admin);
        assertThat(found.get(key("s2"))).containsExactly(other);
    }

    @Test
    void keysThatAreAskedForTwiceAreAnsweredOnce() {
        Links links = links("persons");
        links.create(List.of(links.type().link("default", "s1", "t1")));

        assertThat(ofSources(links, "s1", "s1", "s2", "s1")).hasSize(1);
    }

    @Test
    void linksOfAnotherTypeAreNotSeen() {
        Links persons = links("persons");
        Links machines = links("machines");
        Link link = persons.type().link("default", "s1", "t1");
        persons.create(List.of(link));
        machines.create(List.of(link, machines.type().link("default", "s2", "t2")));

        machines.remove(List.of(link));

        assertThat(ofSources(persons, "s1", "s2")).containsExactly(link);
        assertThat(ofTargets(persons, "t1", "t2")).containsExactly(link);
        assertThat(persons.scan(null, 10)).containsExactly(link);
        assertThat(persons.count()).isEqualTo(1);
        assertThat(machines.count()).isEqualTo(1);
    }

    @Test
    void nothingIsAskedForAndNothingIsWritten() {
        Links links = links("persons");

        links.create(List.of());
        links.remove(List.of());

        assertThat(links.ofSources(List.of())).isEmpty();
        assertThat(links.ofTargets(List.of())).isEmpty();
        assertThat(links.scan(null, 10)).isEmpty();
        assertThat(links.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 199, 200, 201, 999, 1000, 1001, 2500})
    void asManyAsThereAreAreWrittenAndFound(int number) {
        Links links = links("persons");
        List<Link> all = IntStream.range(0, number)
                .mapToObj(i -> links.type().link("default", "s" + i, "t" + i))
                .toList();
        List<String> ids = new ArrayList<>(
                IntStream.range(0, 2 * number).mapToObj(i -> "" + i).toList());
        Collections.shuffle(ids, new Random(1));

        links.create(all);

        assertThat(links.count()).isEqualTo(number);
        assertThat(found(links.ofSources(ids.stream().map(id -> key("s" + id)).toList())
                        .values()))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(found(links.ofTargets(ids.stream().map(id -> key("t" + id)).toList())
                        .values()))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    // The two unique keys

    @Test
    void aSourceHasOneLinkPerQualifier() {
        Links links = links("persons");
        links.create(List.of(links.type().link("user", "s1", "t1"), links.type().link("admin", "s1", "t2")));

        assertThatThrownBy(() -> links.create(List.of(links.type().link("user", "s1", "t3"))))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aTargetHasOneLinkPerQualifier() {
        Links links = links("persons");
        links.create(List.of(links.type().link("user", "s1", "t1"), links.type().link("admin", "s2", "t1")));

        assertThatThrownBy(() -> links.create(List.of(links.type().link("user", "s3", "t1"))))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aLinkCannotBePointedToATargetThatHasOne() {
        Links links = links("persons");
        Link first = links.type().link("user", "s1", "t1");
        Link second = links.type().link("user", "s2", "t2");
        links.create(List.of(first, second));

        assertThatThrownBy(() -> links.repoint(first, first.pointingTo("t2", key("t2"))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(ofSources(links, "s1", "s2")).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void ofTwoTransactionsThatClaimTheSameTargetsOnlyOneGetsThem() throws Exception {
        Links links = links("persons");
        int targets = 50;
        CyclicBarrier start = new CyclicBarrier(2);
        List<Boolean> won = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> claims = new ArrayList<>();
            for (String claimant : List.of("left", "right")) {
                claims.add(threads.submit(() -> {
                    List<Link> claim = new ArrayList<>(IntStream.range(0, targets)
                            .mapToObj(i -> links.type().link("default", claimant + i, "t" + i))
                            .toList());
                    // However they come, they are written in one order, so that the two do not lock each other out.
                    Collections.shuffle(claim, new Random(claimant.hashCode()));
                    start.await(1, TimeUnit.MINUTES);
                    return claim(links, claim);
                }));
            }
            for (Future<Boolean> claim : claims) {
                won.add(claim.get(2, TimeUnit.MINUTES));
            }
        }

        assertThat(won).containsExactlyInAnyOrder(true, false);
        List<Link> all = links.scan(null, 1000);
        assertThat(all).hasSize(targets);
        assertThat(all.stream()
                        .map(link -> link.sourceId().replaceAll("\\d", ""))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aTargetIsFreeAgainWhenTheClaimIsRolledBack() {
        Links links = links("persons");
        database().transaction().executeWithoutResult(status -> {
            links.create(List.of(links.type().link("default", "s1", "t1")));
            status.setRollbackOnly();
        });

        links.create(List.of(links.type().link("default", "s2", "t1")));

        assertThat(ofTargets(links, "t1")).extracting(Link::sourceId).containsExactly("s2");
    }

    // Changing

    @Test
    void aLinkThatIsPointedElsewhereKeepsItsSourceAndCountsTheChange() {
        Links links = links("persons");
        Link before = links.type().link("default", "s1", "t1");
        links.create(List.of(before, links.type().link("default", "s2", "t2")));

        boolean done = links.repoint(before, before.pointingTo("T9", key("t9")));

        assertThat(done).isTrue();
        assertThat(ofSources(links, "s1")).containsExactly(new Link("default", "s1", key("s1"), "T9", key("t9"), 1));
        assertThat(ofTargets(links, "t1")).isEmpty();
        assertThat(ofTargets(links, "t9", "t2")).hasSize(2);
    }

    @Test
    void aLinkThatSomebodyElsePointedElsewhereIsNotPointedAgain() {
        Links links = links("persons");
        Link before = links.type().link("default", "s1", "t1");
        links.create(List.of(before));
        links.repoint(before, before.pointingTo("t2", key("t2")));

        assertThat(links.repoint(before, before.pointingTo("t3", key("t3")))).isFalse();
        assertThat(ofSources(links, "s1")).extracting(Link::targetId).containsExactly("t2");
    }

    @Test
    void aLinkThatIsGoneIsNotPointedElsewhere() {
        Links links = links("persons");
        Link gone = links.type().link("default", "s1", "t1");

        assertThat(links.repoint(gone, gone.pointingTo("t2", key("t2")))).isFalse();
        assertThat(links.count()).isZero();
    }

    @Test
    void manyLinksArePointedElsewhereAndRemovedAtOnce() {
        Links links = links("persons");
        List<Link> all = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            all.add(links.type().link(i % 3 == 0 ? "admin" : "user", "s" + i, "t" + i));
            all.add(links.type().link("other", "s" + i, "u" + i));
        }
        links.create(all);
        Map<Link, Link> changes = new LinkedHashMap<>();
        // Each takes the target that the one before it gave up.
        for (int i = 0; i < 1000; i += 2) {
            String free = i == 0 ? "free" : all.get(i - 2).targetId();
            changes.put(all.get(i), all.get(i).pointingTo(free, key(free)));
        }

        assertThat(links.repoint(changes)).isTrue();
        Map<CompareKey, List<Link>> found =
                links.ofSources(all.stream().map(Link::sourceKey).toList());
        for (Link link : all) {
            assertThat(found.get(link.sourceKey())).contains(changes.getOrDefault(link, link));
        }
        assertThat(links.repoint(changes)).as("none is what it was").isFalse();
        assertThat(links.repoint(Map.of())).isTrue();

        links.remove(
                all.stream().filter(link -> !link.qualifier().equals("user")).toList());
        assertThat(links.count())
                .isEqualTo(all.stream()
                        .filter(link -> link.qualifier().equals("user"))
                        .count());
        assertThat(links.ofSources(all.stream().map(Link::sourceKey).toList()).values())
                .allSatisfy(of -> assertThat(of).extracting(Link::qualifier).containsExactly("user"));
    }

    @Test
    void onlyTheLinkOfTheQualifierIsChanged() {
        Links links = links("persons");
        Link user = links.type().link("user", "s1", "t1");
        Link admin = links.type().link("admin", "s1", "t2");
        links.create(List.of(user, admin));

        links.repoint(user, user.pointingTo("t3", key("t3")));
        assertThat(ofSources(links, "s1")).extracting(Link::targetId).containsExactlyInAnyOrder("t3", "t2");

        links.remove(List.of(admin));
        assertThat(ofSources(links, "s1")).extracting(Link::targetId).containsExactly("t3");
    }

    @Test
    void removedLinksAreGoneAndOthersStay() {
        Links links = links("persons");
        Link first = links.type().link("default", "s1", "t1");
        Link second = links.type().link("default", "s2", "t2");
        Link third = links.type().link("default", "s3", "t3");
        links.create(List.of(first, second, third));

        links.remove(List.of(first, third));
        links.remove(List.of(first));

        assertThat(links.scan(null, 10)).containsExactly(second);
        links.create(List.of(links.type().link("default", "s3", "t1")));
        assertThat(links.count()).isEqualTo(2);
    }

    // Both directions

    @Test
    void theReversedMappingSeesTheSameLinksFromTheOtherSide() {
        Links forward = links("persons");
        Links reversed = new Links(database().jdbc(), new LinkType("persons", true, true, true, true));
        forward.create(List.of(forward.type().link("default", "person", "account")));
        reversed.create(List.of(reversed.type().link("default", "account2", "person2")));

        assertThat(ofSources(reversed, "account", "account2"))
                .extracting(Link::targetId)
                .containsExactlyInAnyOrder("person", "person2");
        assertThat(ofTargets(reversed, "person2"))
                .containsExactly(reversed.type().link("default", "account2", "person2"));
        assertThat(ofSources(forward, "person2"))
                .containsExactly(forward.type().link("default", "person2", "account2"));
        assertThat(ofTargets(forward, "account", "account2")).hasSize(2);
        assertThat(ofSources(forward, "account")).isEmpty();
    }

    @Test
    void theReversedMappingChangesTheSameLinks() {
        Links forward = links("persons");
        Links reversed = new Links(database().jdbc(), new LinkType("persons", true, true, true, true));
        forward.create(List.of(
                forward.type().link("default", "p1", "a1"),
                forward.type().link("default", "p2", "a2"),
                forward.type().link("other", "p1", "a1")));
        Link seen = reversed.ofSources(keys("a1")).get(key("a1")).stream()
                .filter(link -> link.qualifier().equals("default"))
                .findFirst()
                .orElseThrow();

        assertThat(reversed.repoint(seen, seen.pointingTo("p9", key("p9")))).isTrue();
        reversed.remove(List.of(reversed.type().link("default", "a2", "p2")));

        assertThat(forward.scan(null, 10))
                .extracting(Link::qualifier, Link::sourceId, Link::targetId)
                .containsExactlyInAnyOrder(tuple("other", "p1", "a1"), tuple("default", "p9", "a1"));
    }

    @Test
    void theReversedMappingIsBoundToTheSameUniqueKeys() {
        Links reversed = new Links(database().jdbc(), new LinkType("persons", true, true, true, true));
        links("persons").create(List.of(links("persons").type().link("default", "p1", "a1")));

        assertThatThrownBy(() -> reversed.create(List.of(reversed.type().link("default", "a1", "p2"))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> reversed.create(List.of(reversed.type().link("default", "a2", "p1"))))
                .isInstanceOf(DuplicateKeyException.class);
    }

    // Keys

    @Test
    void idsThatDifferInAByteAreDifferent() {
        Links links = links("persons");
        List<Link> all = TWINS.stream()
                .map(id -> links.type().link("default", id, "to " + id))
                .toList();

        links.create(all);

        assertThat(links.count()).isEqualTo(TWINS.size());
        for (Link link : all) {
            assertThat(found(links.ofSources(List.of(link.sourceKey())).values()))
                    .containsExactly(link);
            assertThat(found(links.ofTargets(List.of(link.targetKey())).values()))
                    .containsExactly(link);
        }
    }

    @Test
    void idsWhoseCaseDoesNotMatterKeepTheirSpelling() {
        Links links = new Links(database().jdbc(), new LinkType("persons", false, true, false, false));

        links.create(List.of(links.type().link("default", "ANN", "Lee ")));

        assertThat(ofSources(links, "ann"))
                .containsExactly(new Link("default", "ANN", key("ann"), "Lee ", key("lee "), 0));
        assertThat(ofTargets(links, "lee ")).hasSize(1);
        assertThat(ofTargets(links, "lee")).isEmpty();
        assertThatThrownBy(() -> links.create(List.of(links.type().link("default", "Ann", "other"))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> links.create(List.of(links.type().link("default", "other", "LEE "))))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void eachSideHasItsOwnRuleOfCaseAlsoReversed() {
        Links reversed = new Links(database().jdbc(), new LinkType("persons", true, true, false, true));

        reversed.create(List.of(
                reversed.type().link("default", "A", "t"), reversed.type().link("default", "B", "T")));

        assertThat(ofSources(reversed, "a", "b")).hasSize(2);
        assertThat(ofTargets(reversed, "t")).extracting(Link::sourceId).containsExactly("A");
        assertThat(ofTargets(reversed, "T")).extracting(Link::sourceId).containsExactly("B");
    }

    @Test
    void theCaseOfIdsIsThatOfNoCountry() {
        Links links = new Links(database().jdbc(), new LinkType("persons", false, true, false, false));

        links.create(List.of(
                links.type().link("default", "I", "1"),
                links.type().link("default", "ı", "2"),
                links.type().link("default", "İ", "3")));

        assertThat(ofSources(links, "i")).extracting(Link::sourceId).containsExactly("I");
        assertThat(ofSources(links, "ı")).extracting(Link::sourceId).containsExactly("ı");
        assertThat(ofSources(links, "i\u0307")).extracting(Link::sourceId).containsExactly("İ");
    }

    @Test
    void aLongIdIsKeptWhole() {
        Links links = links("persons");
        Link link = links.type().link("q".repeat(64), "s".repeat(768), "t".repeat(768));

        links.create(List.of(link));

        assertThat(ofSources(links, "s".repeat(768))).containsExactly(link);
    }

    @Test
    void anIdThatIsTooLongIsRefusedRatherThanCut() {
        Links links = links("persons");

        assertThatThrownBy(() -> links.create(List.of(links.type().link("default", "s".repeat(769), "t"))))
                .isInstanceOf(DataAccessException.class)
                .isNotInstanceOf(TransientDataAccessException.class);
    }

    // Scanning

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void aScanGoesOnExactlyWhereItWas(int limit) {
        Links links = links("persons");
        List<Link> all = new ArrayList<>();
        for (String id : TWINS) {
            for (String qualifier : List.of("default", "admin", "Admin", "a", "a:b", "ä", "zz")) {
                all.add(links.type().link(qualifier, id, "to " + id));
            }
        }
        for (String id : List.of("p", "pp", "ppp", "p\u0000", "p\u0001", "p:", "p:a", "pq", "q")) {
            all.add(links.type().link("default", id, "to " + id));
        }
        Links others = links("other persons");
        links.create(all);
        others.create(all);

        assertThat(scanned(links, limit)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aReversedScanGoesOnExactlyWhereItWas() {
        Links links = new Links(database().jdbc(), new LinkType("persons", true, true, true, true));
        List<Link> all = new ArrayList<>();
        for (String id : TWINS) {
            all.add(links.type().link("default", "to " + id, id));
            all.add(links.type().link("admin", "to " + id, id));
        }
        links.create(all);

        assertThat(scanned(links, 3)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aScanGoesOnBehindALinkThatIsGone() {
        Links links = links("persons");
        List<Link> all = IntStream.range(10, 20)
                .mapToObj(i -> links.type().link("default", "s" + i, "t" + i))
                .toList();
        links.create(all);
        Link last = links.scan(null, 3).getLast();

        links.remove(List.of(last));

        assertThat(links.scan(links.position(last), 100)).containsExactlyElementsOf(all.subList(3, 10));
    }

    // Linking that is switched off

    @Test
    void disabledLinkingReadsAndWritesNothing() {
        Links enabled = links("persons");
        Link link = enabled.type().link("default", "s1", "t1");
        enabled.create(List.of(link));
        Links disabled = new Links(database().jdbc(), new LinkType("persons", false, false, true, true));

        disabled.create(List.of(disabled.type().link("default", "s2", "t2")));
        disabled.remove(List.of(link));
        boolean repointed = disabled.repoint(link, link.pointingTo("t3", key("t3")));

        assertThat(repointed).isTrue();
        assertThat(ofSources(disabled, "s1", "s2")).isEmpty();
        assertThat(ofTargets(disabled, "t1", "t2")).isEmpty();
        assertThat(disabled.scan(null, 10)).isEmpty();
        assertThat(disabled.count()).isZero();
        assertThat(enabled.scan(null, 10)).containsExactly(link);
    }

    private Links links(String type) {
        return links(new LinkType(type, false, true, true, true));
    }

    private Links links(LinkType type) {
        return new Links(database().jdbc(), type);
    }

    /**
     * Whether the claim won; when the database ended it for another reason than a duplicate, it is made again, as a
     * page is.
     */
    private boolean claim(Links links, List<Link> claim) {
        while (true) {
            try {
                database().transaction().executeWithoutResult(status -> links.create(claim));
                return true;
            } catch (DuplicateKeyException lost) {
                return false;
            } catch (TransientDataAccessException again) {
                assertThat(links.count()).isLessThanOrEqualTo(claim.size());
            }
        }
    }

    private static List<Link> scanned(Links links, int limit) {
        List<Link> scanned = new ArrayList<>();
        List<Link> page = links.scan(null, limit);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            scanned.addAll(page);
            assertThat(scanned).doesNotHaveDuplicates();
            page = links.scan(links.position(page.getLast()), limit);
        }
        return scanned;
    }

    private static List<Link> ofSources(Links links, String... keys) {
        return found(links.ofSources(keys(keys)).values());
    }

    private static List<Link> ofTargets(Links links, String... keys) {
        return found(links.ofTargets(keys(keys)).values());
    }

    private static List<Link> found(Collection<List<Link>> found) {
        List<Link> all = found.stream().flatMap(List::stream).toList();
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
        return all;
    }

    private static List<CompareKey> keys(String... texts) {
        return List.of(texts).stream().map(LinksContract::key).toList();
    }

    private static CompareKey key(String text) {
        return new CompareKey(text);
    }
}
