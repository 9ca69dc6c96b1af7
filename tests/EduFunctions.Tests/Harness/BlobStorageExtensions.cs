using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Tests.Harness;

internal static class BlobStorageExtensions
{
    public static MemoryStore Memories(this BlobStorage blobs) => new(blobs, new Seals(blobs));
}
