using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Logins;

/// <summary>Somebody in the ledger of a night.</summary>
/// <param name="Units">Institutions with the role there.</param>
internal sealed record NightPerson(string Id, Roles Eligible, IReadOnlyList<(string Institution, Roles Role)> Units, params IReadOnlyList<string> Sections)
{
    /// <summary>Why the person, or one of the roles, is left out.</summary>
    public Reason? LeftOut { get; init; }

    public Roles AlsoCandidate { get; init; }
}

/// <summary>Puts the record and the ledger of a night into the storage, as a run leaves them.</summary>
internal static class WrittenNight
{
    private static readonly DateOnly Date = new(2026, 9, 1);

    public static async Task<string> NightAsync(this LoginTown town, params IEnumerable<NightPerson> people)
    {
        var run = RunId.New(DateTimeOffset.UtcNow.AddHours(-6), null);
        var ledger = new Ledger { Facts = new LedgerFacts(Date, 14, ["apple"], [""]) };
        foreach (var person in people.OrderBy(person => person.Id, StringComparer.Ordinal))
        {
            Add(ledger, person);
        }

        await town.Services.GetRequiredService<BlobStorage>().WriteAsync(
            Containers.Rosters, RosterPath.Ledger(town.Id, run), stream => LedgerFile.Write(ledger, stream), CancellationToken.None);
        await town.Services.GetRequiredService<RunStore>().SaveAsync(
            new RunRecord
            {
                Tenant = town.Id,
                Run = run,
                Trigger = RunTrigger.Nightly,
                Date = Date,
                State = RunState.Delivered,
                Started = DateTimeOffset.UtcNow,
                Configuration = "",
                Counts = new RosterCounts(0, 0, 0, 0, 0, 0),
                Feeds = [],
            },
            CancellationToken.None);
        return run;
    }

    private static void Add(Ledger ledger, NightPerson person)
    {
        ledger.Persons.Add(new LedgerPerson
        {
            Id = Id(person.Id),
            FirstStay = ledger.Stays.Count,
            FirstSection = ledger.Sections.Count,
            Stays = (ushort)person.Units.Count,
            Sections = (ushort)person.Sections.Count,
            Candidate = person.Eligible | person.AlsoCandidate,
            Eligible = person.Eligible,
            Reasons = person.LeftOut is { } reason ? Reasons.Of(reason) : Reasons.None,
        });
        foreach (var (institution, role) in person.Units)
        {
            ledger.Stays.Add(new LedgerStay { Unit = Id(institution), Role = role });
        }

        foreach (var section in person.Sections)
        {
            ledger.Sections.Add(Id(section));
        }
    }

    private static EntityId Id(string text) => IdText.TryAdd(System.Text.Encoding.UTF8.GetBytes(text), out var id) ? id : throw new ArgumentException(text);
}
