package io.tollgate.bench.load;

import io.tollgate.bench.load.Catalog.Model;
import io.tollgate.bench.load.UsageEvent.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Live traffic of many companies, the same from the same seed and time: fifty companies of which a few are busy, twenty
 * users each, every user in a team and mostly with one model, ids that are distinct within a seed and between seeds, and
 * times within the last two seconds. Not thread-safe.
 */
public final class UsageLoad {
    public static final int COMPANIES = 50;
    public static final int USERS_PER_COMPANY = 20;

    private static final String[] TEAMS = {"search", "chat", "support", "research", "platform"};
    private static final int SPREAD_MS = 2_000;
    private static final int PERCENT_OF_ERRORS = 1;
    private static final int PERCENT_OF_OTHER_MODELS = 20;
    private static final int BITS_OF_COUNT = 40;

    private final SplittableRandom random;
    private final long seed;
    private final long nowMs;
    private final Companies companies;
    private long count;

    /**
     * Begins at its first event.
     *
     * @param seed up to 2^23; loads of different seeds share no id
     */
    public UsageLoad(int seed, Instant now) {
        this(seed, now, Companies.usual(COMPANIES));
    }

    /** The same, of other companies. */
    public UsageLoad(int seed, Instant now, Companies companies) {
        this.random = new SplittableRandom(seed);
        this.seed = seed;
        this.nowMs = now.toEpochMilli();
        this.companies = companies;
    }

    /** Of any company. */
    public UsageEvent next() {
        return next(companies.next(random));
    }

    /** Of one company. */
    public UsageEvent next(int company) {
        long number = count++;
        int user = random.nextInt(USERS_PER_COMPANY);
        Model model = model(company, user);
        boolean failed = random.nextInt(100) < PERCENT_OF_ERRORS;
        return new UsageEvent(
                company(company),
                authId(company),
                "evt_" + unique(number, 1),
                Instant.ofEpochMilli(nowMs - random.nextInt(SPREAD_MS)),
                "user-" + company + "-" + user,
                model.provider(),
                model.name(),
                model.operation(),
                "req_" + unique(number, 2),
                failed ? List.of() : quantities(model),
                failed ? 529 : 200,
                40 + random.nextInt(60) * (long) random.nextInt(120),
                TEAMS[user % TEAMS.length]);
    }

    public static String company(int index) {
        return "company-" + index;
    }

    public static String authId(int company) {
        return "key_bench_" + company;
    }

    /** Of the company's one key. */
    public static String secret(int company) {
        return "tg_bench_secret_of_company_" + company;
    }

    private Model model(int company, int user) {
        boolean usual = random.nextInt(100) >= PERCENT_OF_OTHER_MODELS;
        int index = usual ? company * 3 + user : company + user * 5 + 1;
        return Catalog.MODELS.get(index % Catalog.MODELS.size());
    }

    private List<Quantity> quantities(Model model) {
        List<Quantity> quantities = new ArrayList<>(model.rates().size());
        for (Catalog.Rate rate : model.rates()) {
            int amount = 1 + random.nextInt(rate.most());
            quantities.add(new Quantity(
                    rate.dimension(),
                    rate.isFractional() ? amount / 10 + "." + amount % 10 : Integer.toString(amount)));
        }
        return quantities;
    }

    /** A mixer that maps each number to another, so ids look random and none is twice. */
    private String unique(long number, int salt) {
        long mixed = (seed << BITS_OF_COUNT | number) + salt * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return Long.toHexString(mixed ^ mixed >>> 31);
    }
}
