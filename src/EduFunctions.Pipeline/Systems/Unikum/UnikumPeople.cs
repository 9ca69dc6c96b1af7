using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>
/// The people of a feed by the ids it knows them by. The rank of a person is the place of the id among all, so that comparing ranks is comparing
/// ids as they stand in the files.
/// </summary>
internal sealed class UnikumPeople
{
    public const int LongestId = EntityId.LongestText;

    private const int Nobody = -1;

    private readonly Roster _roster;
    private readonly UnikumText _text;
    private readonly Action<string, int> _report;
    private readonly CivicNumber[]? _numbers;
    private readonly int[] _rows;
    private readonly int[] _ranks;

    /// <param name="wanted">By row of the roster's persons.</param>
    /// <param name="report">Hears of whoever cannot stand in the files, and why.</param>
    public UnikumPeople(Roster roster, UnikumSettings settings, BitArray wanted, Action<string, int> report)
    {
        (_roster, _text, _report) = (roster, new UnikumText(settings), report);
        var isByNumber = settings.PersonId == UnikumSettings.CivicNumber;
        var (rows, numbers) = (new Table<int>(), new Table<CivicNumber>());
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            if (!wanted[row])
            {
                continue;
            }

            var number = default(CivicNumber);
            if ((NameRefusal(row) ?? (isByNumber ? NumberRefusal(row, out number) : null)) is { } refusal)
            {
                report(refusal, row);
                continue;
            }

            rows.Add(row);
            numbers.Add(number);
        }

        (_rows, _numbers) = isByNumber ? InOrder(numbers.Rows.ToArray(), rows.Rows.ToArray()) : (rows.Rows.ToArray(), null);
        _ranks = new int[roster.Persons.Count];
        Array.Fill(_ranks, Nobody);
        for (var rank = 0; rank < _rows.Length; rank++)
        {
            _ranks[_rows[rank]] = rank;
        }
    }

    public int Count => _rows.Length;

    public bool Has(int row) => _ranks[row] != Nobody;

    public int Rank(int row) => _ranks[row];

    public int Row(int rank) => _rows[rank];

    /// <summary>Writes the id of a rank and returns its length.</summary>
    public int FormatId(int rank, Span<byte> id)
    {
        if (_numbers is not null)
        {
            _numbers[rank].Format(id);
            return CivicNumber.TextLength;
        }

        return _roster.Persons[_rows[rank]].Id.Format(id);
    }

    /// <summary>Two records with one number are one person; the first one stays.</summary>
    private (int[] Rows, CivicNumber[] Numbers) InOrder(CivicNumber[] numbers, int[] rows)
    {
        Array.Sort(numbers, rows);
        var kept = 0;
        for (int at = 0, end; at < rows.Length; at = end)
        {
            for (end = at + 1; end < rows.Length && numbers[end] == numbers[at]; end++)
            {
            }

            var same = rows.AsSpan(at, end - at);
            same.Sort();
            foreach (var row in same[1..])
            {
                _report(UnikumFindings.CivicNumberTaken, row);
            }

            (rows[kept], numbers[kept]) = (same[0], numbers[at]);
            kept++;
        }

        return (rows[..kept], numbers[..kept]);
    }

    private string? NameRefusal(int row) =>
        _text.Refusal(_roster[_roster.Persons[row].Texts.GivenName], UnikumFindings.NameMissing)
        ?? _text.Refusal(_roster[_roster.Persons[row].Texts.FamilyName], UnikumFindings.NameMissing);

    private string? NumberRefusal(int row, out CivicNumber number)
    {
        var text = _roster[_roster.Persons[row].Texts.CivicNumber];
        return CivicNumber.TryParse(text, out number) ? null
            : text.IsEmpty ? UnikumFindings.CivicNumberMissing
            : UnikumFindings.CivicNumberInvalid;
    }
}
