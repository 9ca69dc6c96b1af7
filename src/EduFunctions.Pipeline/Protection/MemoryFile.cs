using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// A memory as one file (<c>state/{tenant}/memory.bin</c>): tables of ids and hashes, and the SHA-256 of all that at the end. The same memory gives
/// the same bytes.
/// </summary>
internal static class MemoryFile
{
    private const string Kind = "memory/1";

    public static byte[] Write(ProtectionMemory memory)
    {
        var tables = new Tables();
        foreach (var (row, person) in memory.People.Index())
        {
            tables.Add(row, person);
        }

        using var stream = new MemoryStream();
        TableFile.Write(
            stream,
            Kind,
            new Facts(memory.Key, memory.Run)
            {
                LookedFor = memory.LookedFor,
                TakenBack = memory.TakenBack.Count == 0 ? null : memory.TakenBack,
                Unrecorded = memory.Unrecorded.Count == 0 ? null : [.. memory.Unrecorded.Order(StringComparer.Ordinal)],
            },
            tables.All);
        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">It is damaged, or no memory.</exception>
    public static async Task<ProtectionMemory> ReadAsync(byte[] content, CancellationToken ct)
    {
        var length = content.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(content.AsSpan(0, length)).AsSpan().SequenceEqual(content.AsSpan(length)))
        {
            throw new InvalidDataException("The memory of the protected is damaged.");
        }

        var stream = new MemoryStream(content, 0, length);
        var file = await TableFile.OpenAsync(stream, Kind, ct);
        var tables = new Tables();
        await file.ReadAsync(stream, tables.All, ct);
        var facts = file.Facts<Facts>();
        var memory = new ProtectionMemory(facts.Key, facts.Run) { LookedFor = facts.LookedFor, TakenBack = facts.TakenBack ?? [], Unrecorded = facts.Unrecorded ?? [] };
        foreach (var person in tables.People())
        {
            memory.Set(person);
        }

        return memory;
    }

    private sealed record Facts(ulong Key, string Run)
    {
        /// <summary>Absent in a memory of an earlier release, which so looks once more.</summary>
        public ulong LookedFor { get; init; }

        /// <summary>Null for nobody, and in what an earlier release wrote.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<TakenBack>? TakenBack { get; init; }

        /// <summary>Null for none, and in what an earlier release wrote.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<string>? Unrecorded { get; init; }
    }

    private sealed class Tables
    {
        private readonly Table<PersonRow> _persons = new();
        private readonly Table<HashRow> _identities = new();
        private readonly Table<IdRow> _companions = new();
        private readonly Table<PhraseRow> _phrases = new();
        private readonly Table<NameRow> _names = new();
        private readonly Table<LikenessRow> _likenesses = new();
        private readonly Table<GoneRow> _gone = new();

        public TableBytes[] All =>
        [
            TableBytes.Of("persons", _persons, static (in row) => row.Id),
            TableBytes.Of("identities", _identities),
            TableBytes.Of("companions", _companions, static (in row) => row.Id),
            TableBytes.Of("phrases", _phrases),
            TableBytes.Of("names", _names),

            // None in a memory of an earlier release.
            TableBytes.Of("likenesses", _likenesses),
            TableBytes.Of("gone", _gone),
        ];

        public void Add(int row, Remembered person)
        {
            _persons.Add(new PersonRow { Id = person.Id, Since = person.Since, Clears = person.Clears, Reason = (int)person.Reason });
            _identities.Add([.. person.Identities.Order().Select(hash => new HashRow { Hash = hash, Person = row })]);
            _companions.Add([.. person.Companions.Order().Select(id => new IdRow { Id = id, Person = row })]);
            _phrases.Add([.. person.Phrases.OrderBy(phrase => phrase.Hash).ThenBy(phrase => phrase.Use).ThenBy(phrase => phrase.Kind)
                .Select(phrase => new PhraseRow { Hash = phrase.Hash, Use = (int)phrase.Use, Kind = phrase.Kind, Person = row })]);
            _names.Add([.. person.Names.OrderBy(pair => pair.Name.Given).ThenBy(pair => pair.Name.Family).ThenBy(pair => pair.Glued).ThenBy(pair => pair.IsNear)
                .Select(pair => new NameRow { Pair = pair, Person = row })]);
            _likenesses.Add([.. person.Likenesses.OrderBy(likeness => likeness.Kind).ThenBy(likeness => likeness.Hash)
                .Select(likeness => new LikenessRow { Hash = likeness.Hash, Kind = (int)likeness.Kind, Person = row })]);
            _gone.Add(person.GoneSince.IsDay ? [new GoneRow { Since = person.GoneSince, Person = row }] : []);
        }

        public List<Remembered> People()
        {
            var people = new List<Remembered>();
            foreach (ref readonly var row in _persons.Rows)
            {
                people.Add(new Remembered(row.Id, row.Since, (MemoryReason)row.Reason) { Clears = row.Clears });
            }

            foreach (ref readonly var row in _identities.Rows)
            {
                people[row.Person].Identities.Add(row.Hash);
            }

            foreach (ref readonly var row in _companions.Rows)
            {
                people[row.Person].Companions.Add(row.Id);
            }

            foreach (ref readonly var row in _phrases.Rows)
            {
                people[row.Person].Phrases.Add(new ProtectedPhrase(row.Hash, (PhraseUse)row.Use, row.Kind));
            }

            foreach (ref readonly var row in _names.Rows)
            {
                people[row.Person].Names.Add(row.Pair);
            }

            foreach (ref readonly var row in _likenesses.Rows)
            {
                people[row.Person].Likenesses.Add(new Likeness((LikenessKind)row.Kind, row.Hash));
            }

            foreach (ref readonly var row in _gone.Rows)
            {
                people[row.Person] = people[row.Person] with { GoneSince = row.Since };
            }

            return people;
        }
    }

    // Stored byte for byte: a changed field means a new version of the file. Packed, so that no byte of it is left to chance.
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct PersonRow
    {
        public EntityId Id;
        public Day Since;
        public int Clears;
        public int Reason;
    }

    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct HashRow
    {
        public ulong Hash;
        public int Person;
    }

    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct IdRow
    {
        public EntityId Id;
        public int Person;
    }

    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct PhraseRow
    {
        public ulong Hash;
        public int Use;
        public int Kind;
        public int Person;
    }

    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct NameRow
    {
        public ProtectedPair Pair;
        public int Person;
    }

    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct LikenessRow
    {
        public ulong Hash;
        public int Kind;
        public int Person;
    }

    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct GoneRow
    {
        public Day Since;
        public int Person;
    }
}
