namespace TravelHub.Client.Instances;

/// <summary>Held by the one <c>up</c> of a data folder. The system frees it however that ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or returns null if another holds it.</summary>
    public static InstanceLock? TryTake(DataFolder folder)
    {
        try
        {
            return new InstanceLock(new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(folder.LockFile))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
