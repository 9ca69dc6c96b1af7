using System.Buffers;
using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Columns by kind, required values, school forms, ids: of the right form, each once.</summary>
internal sealed class PrincipalCheck(UnikumSettings settings) : IRowCheck
{
    /// <summary>Characters of ids.</summary>
    public static readonly SearchValues<byte> IdAlphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"u8);

    private readonly IdSet[] _ids = [.. PrincipalFormat.All.Select(_ => new IdSet())];
    private readonly HashSet<string> _forms = [.. SchoolForms.Known(settings)];
    private readonly Range[] _columns = new Range[PrincipalFormat.All.Max(format => format.Columns) + 1];

    public (string Column, string Rule)? Find(ReadOnlySpan<byte> row)
    {
        var format = PrincipalFormat.Find(row[(row.LastIndexOf((byte)'\t') + 1)..]);
        if (format is null || row.Count((byte)'\t') != format.Columns - 1)
        {
            return ("row", "has another number of columns than its kind");
        }

        Split(row);
        foreach (var column in format.Filled)
        {
            if (column.IsRequired && row[_columns[column.Number]].IsEmpty)
            {
                return ($"{format} column {column.Number}", "is required");
            }

            if (column != format.Id && !UnikumLimits.Takes(row[_columns[column.Number]]))
            {
                return ($"{format} column {column.Number}", $"has more than {UnikumLimits.LongestValue} characters, one that nobody sees, or begins like a formula");
            }
        }

        var id = row[_columns[format.Id.Number]];
        return !IsId(format.Kind, id) ? ($"{format} column {format.Id.Number}", "is no id of this kind")
            : !_ids[(int)format.Kind].Add(id) ? ($"{format} column {format.Id.Number}", "must be unique")
            : format.Kind == ObjectKind.School && !_forms.Contains(Encoding.UTF8.GetString(row[_columns[PrincipalFormat.School.Form.Number]]))
                ? ($"{format} column {PrincipalFormat.School.Form.Number}", "is no school form")
            : null;
    }

    private bool IsId(ObjectKind kind, ReadOnlySpan<byte> id) => kind == ObjectKind.User && settings.PersonId == UnikumSettings.CivicNumber
        ? id.Length == CivicNumber.TextLength && CivicNumber.TryParse(id, out _)
        : id.IndexOfAnyExcept(IdAlphabet) < 0;

    private void Split(ReadOnlySpan<byte> row)
    {
        var column = 1;
        foreach (var range in row.Split((byte)'\t'))
        {
            _columns[column++] = range;
        }
    }
}
