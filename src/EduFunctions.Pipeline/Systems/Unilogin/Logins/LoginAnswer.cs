namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>What is known of the person who is logging in, at the institutions of the tenant (docs/logins.md). Stored nowhere.</summary>
public sealed record LoginAnswer
{
    public required string Tenant { get; init; }

    public required LoginPerson Person { get; init; }

    /// <summary>The last roster left the person out as protected: the services were not asked, and there is nothing but the id.</summary>
    public bool Restricted { get; init; }

    public IReadOnlyList<LoginUnit> Units { get; init; } = [];

    /// <summary>Who answers for the person, as far as the last roster holds them; null when not asked for.</summary>
    public IReadOnlyList<LoginContact>? Contacts { get; init; }

    /// <summary>For whom the person answers, as far as the last roster holds them; null when not asked for.</summary>
    public IReadOnlyList<LoginStudent>? Students { get; init; }

    /// <summary>How many relations are not shown because the last roster does not hold the other person.</summary>
    public int Withheld { get; init; }

    /// <summary>Null when not asked for, or not known.</summary>
    public string? CivicNumber { get; init; }

    /// <summary>Whether the number in the question is the person's; null when none was.</summary>
    public bool? CivicNumberMatches { get; init; }

    /// <summary>Null when there is no roster yet.</summary>
    public SinceLastRoster? Since { get; init; }
}

/// <param name="Name">As the service shows it: the alias of whoever is protected by name. Null for who is nothing but a contact.</param>
public sealed record LoginPerson(string Id, string? Name);

/// <summary>What is not as the last roster has it.</summary>
/// <param name="Known">The pull of that run has the person.</param>
/// <param name="HandedOn">The roster has the person; only then is there something to compare.</param>
/// <param name="Ended">Groups among those left that the institution no longer has.</param>
public sealed record SinceLastRoster(string Run, DateOnly Date, bool Known, bool HandedOn, Difference Roles, Difference Groups, IReadOnlyList<string> Ended)
{
    public bool Changed => !Known || Roles.Any || Groups.Any;
}

/// <param name="Left">What the roster has and the services no longer have.</param>
public sealed record Difference(IReadOnlyList<string> Added, IReadOnlyList<string> Left)
{
    public static Difference None { get; } = new([], []);

    internal bool Any => Added.Count + Left.Count > 0;

    internal static Difference Between(IEnumerable<string> roster, IEnumerable<string> now)
    {
        var (before, after) = (roster.ToHashSet(StringComparer.Ordinal), now.ToHashSet(StringComparer.Ordinal));
        return new Difference([.. after.Except(before).Order(StringComparer.Ordinal)], [.. before.Except(after).Order(StringComparer.Ordinal)]);
    }
}
