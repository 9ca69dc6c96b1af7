using System.Buffers;
using System.Text;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Columns by kind, required values, school forms, ids: of the right form, each once.</summary>
/// <param name="settings">Null for files of others.</param>
internal sealed class PrincipalCheck(UnikumSettings? settings, byte separator) : IRowCheck
{
    /// <summary>Characters of ids.</summary>
    public static readonly SearchValues<byte> IdAlphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"u8);

    /// <summary>Of a user: contact details hidden, personal notices, messages to groups, messages of the system.</summary>
    private static readonly int[] Flags = [12, 13, 14, 15];

    private static readonly UnikumSettings Usual = new() { OrganisationId = "" };

    private readonly IdSet[] _ids = [.. PrincipalFormat.All.Select(_ => new IdSet())];
    private readonly HashSet<string> _forms = [.. SchoolForms.Known(settings ?? Usual)];
    private readonly Range[] _columns = new Range[PrincipalFormat.All.Max(format => format.Columns) + 1];

    public byte Separator => separator;

    /// <summary>The ids of the file, by kind.</summary>
    public IReadOnlyList<IdSet> Ids => _ids;

    public RowFault? Find(ReadOnlySpan<byte> row)
    {
        var format = PrincipalFormat.Find(row[(row.LastIndexOf(separator) + 1)..]);
        if (format is null || row.Count(separator) != format.Columns - 1)
        {
            return new RowFault(UnikumTargetRules.Columns, -1, "row");
        }

        // An object of which something else is wrong is there all the same.
        Split(row);
        var idFault = row[_columns[format.Id.Number]].IsEmpty ? null : FindId(row, format);
        foreach (var column in format.Filled)
        {
            var value = row[_columns[column.Number]];
            var rule = value.IsEmpty ? column.IsRequired ? UnikumTargetRules.Required : null : column != format.Id ? Broken(value) : null;
            if (rule is not null)
            {
                return Fault(rule, format, column.Number);
            }
        }

        return idFault ?? FindWords(row, format);
    }

    private RowFault? FindId(ReadOnlySpan<byte> row, PrincipalFormat format)
    {
        var id = row[_columns[format.Id.Number]];
        var rule = IdRule(format.Kind, id) ?? (_ids[(int)format.Kind].Add(id) ? null : UnikumTargetRules.IdTwice);
        return rule is null ? null : Fault(rule, format, format.Id.Number);
    }

    private RowFault? FindWords(ReadOnlySpan<byte> row, PrincipalFormat format)
    {
        if (format.Kind == ObjectKind.School && !_forms.Contains(Encoding.UTF8.GetString(row[_columns[PrincipalFormat.School.Form.Number]])))
        {
            return Fault(UnikumTargetRules.SchoolForm, format, PrincipalFormat.School.Form.Number);
        }

        foreach (var flag in format.Kind == ObjectKind.User ? Flags : [])
        {
            if (row[_columns[flag]] is { IsEmpty: false } value && !Ascii.EqualsIgnoreCase(value, "true"u8) && !Ascii.EqualsIgnoreCase(value, "false"u8))
            {
                return Fault(UnikumTargetRules.Flag, format, flag);
            }
        }

        return null;
    }

    private TargetRule? Broken(ReadOnlySpan<byte> value) =>
        UnikumLimits.IsTooLong(value) ? UnikumTargetRules.TooLong
        : PlainText.InvisibleAt(value) >= 0 ? UnikumTargetRules.Invisible
        : settings is not null && PlainText.IsFormula(value) ? UnikumTargetRules.Formula
        : null;

    private TargetRule? IdRule(ObjectKind kind, ReadOnlySpan<byte> id) =>
        kind == ObjectKind.User && settings?.PersonId == UnikumSettings.CivicNumber
            ? id.Length == CivicNumber.TextLength && CivicNumber.TryParse(id, out _) ? null : UnikumTargetRules.CivicNumber
            : id.IndexOfAnyExcept(IdAlphabet) >= 0 ? UnikumTargetRules.Id
            : kind == ObjectKind.User && LooksLikeNumber(id) && !CivicNumber.TryParse(id, out _) ? UnikumTargetRules.CivicNumber
            : null;

    /// <summary>Eight digits, and four more with a hyphen before them.</summary>
    private static bool LooksLikeNumber(ReadOnlySpan<byte> id) =>
        id.Length == CivicNumber.TextLength && id[8] == '-' && id[..8].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static RowFault Fault(TargetRule rule, PrincipalFormat format, int column) => new(rule, column - 1, $"{format} column {column}");

    private void Split(ReadOnlySpan<byte> row)
    {
        var column = 1;
        foreach (var range in row.Split(separator))
        {
            _columns[column++] = range;
        }
    }
}
