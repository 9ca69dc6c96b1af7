using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>
/// Copies the persons who may be handed on, in the order of their ids, on all processors. In that order they lie anywhere in the source's memory:
/// a few are gathered at a time, so that the processor waits for many of them at once instead of for one after the other.
/// </summary>
internal sealed class PersonGathering
{
    private const int RangeSize = 1 << 13;
    private const int BatchSize = 64;

    private readonly SourceData _data;
    private readonly Roles[] _roles;
    private readonly Roster _roster;

    /// <summary>Rows of the source.</summary>
    private readonly int[] _rows;

    /// <summary>By range of rows: where its texts begin; one more says where the last ones end.</summary>
    private readonly int[] _starts;

    private PersonGathering(Decisions decisions, Roster roster)
    {
        (_data, _roles, _roster) = (decisions.Data, decisions.Eligible, roster);
        _rows = Eligible();
        _starts = new int[1 + ((_rows.Length + RangeSize - 1) / RangeSize)];
    }

    /// <param name="texts">Gets the persons' texts, and has room for those of their identifiers: it is too large to grow.</param>
    public static void Copy(Decisions decisions, Roster roster, TextChunk texts)
    {
        var copy = new PersonGathering(decisions, roster);
        roster.Persons.Resize(copy._rows.Length);
        roster.Identities.Resize(copy._rows.Length);
        copy.EachRange(copy.Measure);
        for (var range = 1; range < copy._starts.Length; range++)
        {
            copy._starts[range] = checked(copy._starts[range] + copy._starts[range - 1]);
        }

        texts.Reserve(checked(copy._starts[^1] + LengthOfIdentifiers(decisions.Data)));
        texts.Resize(copy._starts[^1]);
        copy.EachRange(range => copy.Copy(range, texts));
    }

    private static int LengthOfIdentifiers(SourceData data)
    {
        var length = 0;
        foreach (ref readonly var identifier in data.Identifiers.Rows)
        {
            length += identifier.Value.Length;
        }

        return length;
    }

    private int[] Eligible()
    {
        var rows = new int[_data.Persons.Distinct];
        var count = 0;
        foreach (var row in _data.Persons.ById())
        {
            if (_roles[row] != Roles.None)
            {
                rows[count++] = row;
            }
        }

        return rows[..count];
    }

    private void EachRange(Action<int> work) => Parallel.For(0, _starts.Length - 1, work);

    private ReadOnlySpan<int> RowsOf(int range) => _rows.AsSpan(range * RangeSize, Math.Min(RangeSize, _rows.Length - (range * RangeSize)));

    private void Measure(int range)
    {
        var length = 0;
        foreach (var row in RowsOf(range))
        {
            length += _data.Persons[row].Texts.Length;
        }

        _starts[range + 1] = length;
    }

    private void Copy(int range, TextChunk texts)
    {
        var rows = RowsOf(range);
        var copies = _roster.Persons.Rows.Slice(range * RangeSize, rows.Length);
        var identities = _roster.Identities.Rows.Slice(range * RangeSize, rows.Length);
        var end = _starts[range];
        for (var first = 0; first < rows.Length; first += BatchSize)
        {
            var batch = rows[first..Math.Min(rows.Length, first + BatchSize)];
            Gather(batch, copies[first..], identities[first..]);
            foreach (ref var copy in copies.Slice(first, batch.Length))
            {
                var bytes = copy.Texts.Bytes(_data.Texts);
                bytes.CopyTo(texts.Bytes[end..]);
                copy.Texts = copy.Texts.MovedTo(end, texts.Number);
                end += bytes.Length;
            }
        }
    }

    private void Gather(ReadOnlySpan<int> rows, Span<RosterPerson> copies, Span<PersonIdentity> identities)
    {
        for (var at = 0; at < rows.Length; at++)
        {
            var row = rows[at];
            ref readonly var person = ref _data.Persons[row];
            copies[at] = new RosterPerson
            {
                Id = _data.Persons.Id(row),
                Texts = person.Texts,
                Roles = _roles[row],
                SchoolYear = -1,
                IsAlias = person.Facts.HasFlag(PersonFacts.IsAlias),
            };
            identities[at] = person.Identity;
        }
    }
}
