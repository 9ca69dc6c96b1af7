using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

[Trait(Level.Name, Level.Tools)]
public sealed class TemporaryFileTests
{
    [Fact]
    public void It_can_be_written_and_read_and_has_no_name_that_anybody_could_open()
    {
        using var file = TemporaryFile.Create();

        file.Write("Alva"u8);
        file.Position = 0;

        Assert.Equal('A', file.ReadByte());
        Assert.Equal(OperatingSystem.IsWindows(), File.Exists(file.Name));
    }
}
