using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>The decisions of one run on every person of the pull, so that anybody who asks why gets an answer.</summary>
public sealed class Ledger
{
    public required LedgerFacts Facts { get; init; }

    public Table<LedgerPerson> Persons { get; } = new();

    public Table<LedgerStay> Stays { get; } = new();

    public Table<EntityId> Sections { get; } = new();
}

/// <summary>The same as it is written: rows are made as their turn comes.</summary>
public sealed record LedgerSource(LedgerFacts Facts, RowSource<LedgerPerson> Persons, RowSource<LedgerStay> Stays, RowSource<EntityId> Sections);

/// <param name="Feeds">Names of the run's feeds; a person's bit n stands for the n-th.</param>
/// <param name="SchoolTypes">Values of the school types by number.</param>
public sealed record LedgerFacts(DateOnly Date, int MarginDays, IReadOnlyList<string> Feeds, IReadOnlyList<string> SchoolTypes);
