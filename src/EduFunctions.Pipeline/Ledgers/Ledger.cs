using System.Collections;
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

    public Table<LedgerNote> Notes { get; } = new();
}

/// <summary>The same as it is written: rows are made as their turn comes.</summary>
public sealed record LedgerSource(
    LedgerFacts Facts, RowSource<LedgerPerson> Persons, RowSource<LedgerStay> Stays, RowSource<EntityId> Sections, Table<LedgerNote> Notes);

/// <param name="Feeds">Names of the run's feeds; a person's bit n stands for the n-th.</param>
/// <param name="SchoolTypes">Values of the school types by number.</param>
public sealed record LedgerFacts(DateOnly Date, int MarginDays, IReadOnlyList<string> Feeds, IReadOnlyList<string> SchoolTypes)
{
    /// <summary>Codes of what feeds found, by number.</summary>
    public IReadOnlyList<string> NoteCodes { get; init; } = [];

    /// <summary>Names of the feeds that are for some schools or roles only.</summary>
    public IReadOnlyList<string> PartialFeeds { get; init; } = [];
}

/// <summary>What a feed made of the run's roster.</summary>
/// <param name="Persons">By row of the roster: whether the feed has the person.</param>
/// <param name="Findings">What it found on single persons, and other things.</param>
/// <param name="IsPartial">Whether it is for some schools or roles only.</param>
public sealed record LedgerFeed(string Name, BitArray Persons, FindingLog Findings, bool IsPartial);
