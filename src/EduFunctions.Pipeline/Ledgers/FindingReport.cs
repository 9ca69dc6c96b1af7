using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>The findings of a run by school, for the registrars who can correct them. Holds ids, and names of schools only.</summary>
internal sealed class FindingReport
{
    private const int MostEntities = 1000;
    private const int MostPending = 1 << 16;

    private static readonly string[] Kinds = Serialization.NamesOf(typeof(EntityKind));

    private readonly SourceData _data;
    private readonly RowScan _protected;
    private readonly FindingCatalog _kinds;
    private readonly Language _language;
    private readonly Utf8JsonWriter _json;

    private FindingReport(SourceData data, RowScan scan, FindingCatalog kinds, Language language, Utf8JsonWriter json) =>
        (_data, _protected, _kinds, _language, _json) = (data, scan, kinds, language, json);

    /// <param name="scan">Looks for protected persons: a text that names one is withheld.</param>
    /// <param name="language">That of the advice.</param>
    public static void Write(string tenant, string run, SourceData data, RowScan scan, FindingCatalog kinds, Language language, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Serialization.ByHand(indented: true));
        var report = new FindingReport(data, scan, kinds, language, json);
        json.WriteStartObject();
        report.Write("tenant", tenant);
        report.Write("run", run);
        json.WriteStartArray("schools");
        report.WriteSchools();
        json.WriteEndArray();
        report.WriteMisread();
        json.WriteEndObject();
    }

    private static int Compare((EntityId School, string Code) left, (EntityId School, string Code) right) =>
        left.School != right.School ? left.School.CompareTo(right.School) : string.CompareOrdinal(left.Code, right.Code);

    private static int Compare(FindingRow left, FindingRow right) =>
        left.Entity != right.Entity ? left.Entity.CompareTo(right.Entity)
        : left.RefersTo != right.RefersTo ? left.RefersTo.CompareTo(right.RefersTo)
        : left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind)
        : string.CompareOrdinal(left.Property, right.Property);

    private SortedDictionary<(EntityId School, string Code), List<FindingRow>> BySchool()
    {
        var schools = new SchoolsOf(_data);
        var found = new SortedDictionary<(EntityId School, string Code), List<FindingRow>>(Comparer<(EntityId School, string Code)>.Create(Compare));
        foreach (var (code, rows) in _data.Findings.Rows)
        {
            foreach (var row in rows)
            {
                foreach (var unit in schools.Of(row))
                {
                    var key = (unit < 0 ? default : _data.Units.Id(unit), code);
                    (found.TryGetValue(key, out var list) ? list : found[key] = []).Add(row);
                }
            }
        }

        return found;
    }

    private void WriteSchools()
    {
        var before = default(EntityId?);
        foreach (var ((school, code), rows) in BySchool())
        {
            if (school != before)
            {
                EndSchool(before);
                BeginSchool(school);
                before = school;
            }

            Write(code, rows);
        }

        EndSchool(before);
    }

    /// <summary>For whoever looks after the source: where it says something that nobody can read.</summary>
    private void WriteMisread()
    {
        _json.WriteStartArray("notUnderstood");
        foreach (var value in _data.Misread.Take(MostEntities))
        {
            _json.WriteStartObject();
            Write("collection", value.Collection);
            _json.WriteNumber("page", value.Page);
            Write("kind", Kinds[(int)value.Kind]);
            Write("id", IsNameable(value.Entity) ? value.Entity : default);
            Write("property", value.Property);
            Write("expected", value.Expected);
            Write("found", value.Found);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void BeginSchool(EntityId school)
    {
        _json.WriteStartObject();
        Write("unit", school);
        Write("name", school.IsNone ? null : _data.Texts.ToString(_data.Units[_data.Units.Find(school)].Name));
        _json.WriteStartArray("findings");
    }

    private void EndSchool(EntityId? school)
    {
        if (school is not null)
        {
            _json.WriteEndArray();
            _json.WriteEndObject();
        }
    }

    /// <summary>One kind of finding: all are counted, also those that may not be named.</summary>
    private void Write(string code, List<FindingRow> rows)
    {
        _json.WriteStartObject();
        Write("code", code);
        _json.WriteNumber("count", rows.Count);
        Write("correct", _kinds.Find(code) is { } kind ? _language.AdviceOn(code, kind.Advice) : null);
        _json.WriteStartArray("entities");
        rows.Sort(Compare);
        for (var (row, named) = (0, 0); row < rows.Count && named < MostEntities; row++)
        {
            if (IsNameable(rows[row].Entity) && (row == 0 || rows[row] != rows[row - 1]))
            {
                Write(rows[row]);
                named++;
            }
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        if (_json.BytesPending > MostPending)
        {
            _json.Flush();
        }
    }

    private void Write(in FindingRow row)
    {
        _json.WriteStartObject();
        Write("kind", Kinds[(int)row.Kind]);
        Write("id", row.Entity);
        Write("refersTo", IsNameable(row.RefersTo) ? row.RefersTo : default);
        if (row.Property is not null)
        {
            Write("property", row.Property);
        }

        _json.WriteEndObject();
    }

    private void Write(string name, EntityId id)
    {
        Span<byte> text = stackalloc byte[EntityId.LongestText];
        if (id.IsNone)
        {
            _json.WriteNull(name);
        }
        else
        {
            Write(name, text[..id.Format(text)]);
        }
    }

    private void Write(string name, string? text)
    {
        if (text is null)
        {
            _json.WriteNull(name);
        }
        else
        {
            Write(name, Encoding.UTF8.GetBytes(text));
        }
    }

    private void Write(string name, ReadOnlySpan<byte> utf8)
    {
        if (_protected.Find(utf8).Count > 0)
        {
            _json.WriteString(name, Discretion.Withheld);
        }
        else
        {
            _json.WriteString(name, utf8);
        }
    }

    private bool IsNameable(EntityId id) => !id.IsNone && !_data.ProtectedIds.Contains(id);
}
