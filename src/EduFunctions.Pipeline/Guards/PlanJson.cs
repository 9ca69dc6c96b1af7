using System.Buffers;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Plans as the serializer would write them.</summary>
internal static class PlanJson
{
    private static readonly string[] Kinds = Serialization.NamesOf(typeof(RowKind));
    private static readonly string[] Notices = Serialization.NamesOf(typeof(NoticeCode));
    private static readonly string[] Columns = Serialization.NamesOf(typeof(Moved));
    private static readonly string[] Codes = Serialization.NamesOf(typeof(HoldCode));

    /// <summary>For a blob.</summary>
    public static byte[] Of(HashedPlan plan) => Write(indented: true, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("hash", plan.Hash);
        writer.WritePropertyName("plan");
        Write(writer, plan.Plan);
        Write(writer, "roster", plan.Roster);
        if (plan.Waits is { } waits)
        {
            writer.WritePropertyName("waits");
            writer.WriteStartObject();
            writer.WriteString("code", Serialization.NamesOf(typeof(NoticeCode))[(int)waits.Code]);
            writer.WriteString("message", waits.Message);
            writer.WriteEndObject();
        }

        if (plan.Rests is { } rests)
        {
            writer.WritePropertyName("rests");
            writer.WriteStartArray();
            rests.ToList().ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });

    /// <summary>What a plan's hash is made of.</summary>
    public static byte[] Canonical(DeliveryPlan plan) => Write(indented: false, writer => Write(writer, plan));

    private static byte[] Write(bool indented, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Serialization.ByHand(indented)))
        {
            write(writer);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, DeliveryPlan plan)
    {
        writer.WriteStartObject();
        writer.WriteString("tenant", plan.Tenant);
        writer.WriteString("run", plan.Run);
        writer.WriteString("feed", plan.Feed);
        writer.WriteString("target", plan.Target);
        Write(writer, "against", plan.Against);
        Write(writer, "totals", plan.Totals);
        Write(writer, "schools", plan.Schools);
        Write(writer, plan.Samples);
        writer.WriteString("digest", plan.Digest);
        Write(writer, plan.Holds);
        Write(writer, plan.Notices);
        Write(writer, plan.Pairs);
        Write(writer, "ceiling", plan.Ceiling);
        writer.WriteNumber("waiting", plan.Waiting);
        Write(writer, plan.Deletions);
        Write(writer, "tonight", plan.Tonight);
        Write(writer, "whenApproved", plan.WhenApproved);
        if (plan.WhenRefused is { } whenRefused)
        {
            Write(writer, "whenRefused", whenRefused);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<PlannedDeletions>? deletions)
    {
        if (deletions is null)
        {
            return;
        }

        writer.WriteStartArray("deletions");
        foreach (var rows in deletions)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", rows.Kind);
            writer.WriteBoolean("arePeople", rows.ArePeople);
            writer.WriteNumber("of", rows.Of);
            Write(writer, "ids", rows.Ids);
            if (rows.Again is { } again)
            {
                Write(writer, "again", again);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Notice>? notices)
    {
        if (notices is null)
        {
            return;
        }

        writer.WriteStartArray("notices");
        foreach (var notice in notices)
        {
            writer.WriteStartObject();
            writer.WriteString("code", Notices[(int)notice.Code]);
            writer.WriteString("message", notice.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, DeliveredRoster? place)
    {
        if (place is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("run", place.Run);
        writer.WriteString("roster", place.Roster);
        writer.WriteString("selection", place.Selection);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<PlannedRows> rows)
    {
        writer.WriteStartArray(name);
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kinds[(int)row.Kind]);
            writer.WriteString("school", row.School);
            writer.WriteNumber("before", row.Before);
            writer.WriteNumber("added", row.Added);
            writer.WriteNumber("changed", row.Changed);
            writer.WriteNumber("removed", row.Removed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<PlannedSample> samples)
    {
        writer.WriteStartArray("samples");
        foreach (var sample in samples)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kinds[(int)sample.Kind]);
            Write(writer, "added", sample.Added);
            Write(writer, "changed", sample.Changed);
            Write(writer, "removed", sample.Removed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Hold> holds)
    {
        writer.WriteStartArray("holds");
        foreach (var hold in holds)
        {
            writer.WriteStartObject();
            writer.WriteString("code", Codes[(int)hold.Code]);
            writer.WriteString("kind", hold.Kind is { } kind ? Kinds[(int)kind] : null);
            writer.WriteString("school", hold.School);
            writer.WriteNumber("count", hold.Count);
            writer.WriteNumber("of", hold.Of);
            writer.WriteNumber("limitPercent", hold.LimitPercent);
            if (hold.Earlier != 0)
            {
                writer.WriteNumber("earlier", hold.Earlier);
            }

            if (hold.NotUnderstood != 0)
            {
                writer.WriteNumber("notUnderstood", hold.NotUnderstood);
            }

            if (hold.Since is { } since)
            {
                writer.WriteString("since", since.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            }

            if (hold.Column is { } column)
            {
                writer.WriteString("column", Columns[(int)column]);
            }

            if (hold.Setting is { } setting)
            {
                writer.WriteString("setting", setting);
            }

            writer.WriteString("message", hold.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<IdPair> pairs)
    {
        writer.WriteStartArray("pairs");
        foreach (var pair in pairs)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kinds[(int)pair.Kind]);
            writer.WriteString("before", pair.Before);
            writer.WriteString("now", pair.Now);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
