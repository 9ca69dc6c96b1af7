using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Ledgers;

[Trait(Level.Name, Level.Fast)]
public sealed class LedgerFileTests
{
    private const int Persons = 400_000;
    private const int StaysEach = 2;
    private const int SectionsEach = 8;

    [Fact]
    public async Task One_person_of_400_000_is_found_by_reading_a_few_kilobytes()
    {
        var file = Write(Persons);
        var (reads, bytes) = (0, 0L);

        var entry = await LedgerFile.FindAsync(
            (offset, length) =>
            {
                reads++;
                bytes += length;
                return Task.FromResult(Read(file, offset, length));
            },
            Id(271_828));

        Assert.Equal(Id(271_828), entry!.Person.Id);
        Assert.Equal(StaysEach, entry.Stays.Count);
        Assert.Equal(SectionsEach, entry.Sections.Count);
        Assert.InRange(reads, 1, 4);
        Assert.InRange(bytes, 1, 128 << 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(5000)]
    public async Task Everybody_is_found_and_nobody_else(int persons)
    {
        var file = Write(persons);
        Task<LedgerEntry?> FindAsync(EntityId id) => LedgerFile.FindAsync((offset, length) => Task.FromResult(Read(file, offset, length)), id);

        for (var person = 0; person < persons; person += Math.Max(1, persons / 300))
        {
            Assert.Equal(Id(person), (await FindAsync(Id(person)))!.Person.Id);
            Assert.Null(await FindAsync(new EntityId(Id(person).High, 1)));
        }

        Assert.NotNull(await FindAsync(Id(persons - 1)));
        Assert.Null(await FindAsync(default));
        Assert.Null(await FindAsync(new EntityId(ulong.MaxValue, ulong.MaxValue)));
    }

    private static EntityId Id(int person) => new((ulong)(person + 1) << 40, 0);

    private static byte[] Write(int persons)
    {
        var ledger = new LedgerSource(
            new LedgerFacts(new DateOnly(2026, 9, 1), 14, ["apple"], ["", "GR"]),
            Rows(persons, person => new LedgerPerson
            {
                Id = Id(person),
                FirstStay = person * StaysEach,
                FirstSection = person * SectionsEach,
                Stays = StaysEach,
                Sections = SectionsEach,
            }),
            Rows(persons * StaysEach, stay => new LedgerStay { Unit = Id(stay % StaysEach) }),
            Rows(persons * SectionsEach, section => Id(section % SectionsEach)),
            new Table<LedgerNote>());
        using var file = new MemoryStream();
        LedgerFile.Write(ledger, file);
        return file.ToArray();
    }

    private static RowSource<T> Rows<T>(int count, Func<int, T> make)
        where T : unmanaged =>
        new(count, (first, rows) =>
        {
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = make(first + row);
            }
        });

    /// <summary>As blob storage answers a range: less at the end.</summary>
    private static byte[] Read(byte[] file, long offset, long length) =>
        file.AsSpan((int)offset, (int)Math.Min(length, file.Length - offset)).ToArray();
}
